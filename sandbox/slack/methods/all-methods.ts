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
import type { MethodName } from "./method-names.ts";
import { usersInfo } from "./users-info.ts";
import { usersList } from "./users-list.ts";
import { viewsOpen } from "./views-open.ts";
import { viewsPublish } from "./views-publish.ts";
import { viewsPush } from "./views-push.ts";
import { viewsUpdate } from "./views-update.ts";

/** What each of them takes, which scope it needs, what it does. */
export const METHODS = {
  "apps.connections.open": appsConnectionsOpen,
  "auth.test": authTest,
  "chat.delete": chatDelete,
  "chat.getPermalink": chatGetPermalink,
  "chat.postEphemeral": chatPostEphemeral,
  "chat.postMessage": chatPostMessage,
  "chat.update": chatUpdate,
  "conversations.history": conversationsHistory,
  "conversations.info": conversationsInfo,
  "conversations.members": conversationsMembers,
  "conversations.open": conversationsOpen,
  "conversations.replies": conversationsReplies,
  "files.completeUploadExternal": filesCompleteUploadExternal,
  "files.getUploadURLExternal": filesGetUploadUrlExternal,
  "files.info": filesInfo,
  "users.info": usersInfo,
  "users.list": usersList,
  "views.open": viewsOpen,
  "views.publish": viewsPublish,
  "views.push": viewsPush,
  "views.update": viewsUpdate,
} as const satisfies Record<MethodName, Method>;
