import { appsConnectionsOpen } from "./apps-connections-open.ts";
import { authTest } from "./auth-test.ts";
import { chatDelete } from "./chat-delete.ts";
import { chatGetPermalink } from "./chat-get-permalink.ts";
import { chatPostEphemeral } from "./chat-post-ephemeral.ts";
import { chatPostMessage } from "./chat-post-message.ts";
import { chatUpdate } from "./chat-update.ts";
import { conversationsHistory } from "./conversations-history.ts";
import { conversationsInfo } from "./conversations-info.ts";
import { conversationsMembers } from "./conversations-members.ts";
import { conversationsOpen } from "./conversations-open.ts";
import { conversationsReplies } from "./conversations-replies.ts";
import { filesCompleteUploadExternal } from "./files-complete-upload-external.ts";
import { filesGetUploadUrlExternal } from "./files-get-upload-url-external.ts";
import { filesInfo } from "./files-info.ts";
import type { Method } from "./method.ts";
import { usersInfo } from "./users-info.ts";
import { viewsOpen } from "./views-open.ts";

/** Every Web API method that this Slack knows, by name. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [
    appsConnectionsOpen,
    authTest,
    chatDelete,
    chatGetPermalink,
    chatPostEphemeral,
    chatPostMessage,
    chatUpdate,
    conversationsHistory,
    conversationsInfo,
    conversationsMembers,
    conversationsOpen,
    conversationsReplies,
    filesCompleteUploadExternal,
    filesGetUploadUrlExternal,
    filesInfo,
    usersInfo,
    viewsOpen,
  ].map((method) => [method.name, method]),
);
