import type { JsonObject } from "../../json.ts";
import { readContent } from "../methods/message-content.ts";
import { RESPONSE_URL_USES, type ResponseGrant } from "../workspace/grants.ts";
import type { Message } from "../workspace/message.ts";
import { erase, post, revise } from "../workspace/post.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** The body of an answer, whether to the request itself or through its response address. */
interface Respond {
  workspace: Workspace;
  grant: ResponseGrant;
  /** Names the way in problems. */
  where: string;
}

const KNOWN = new Set([
  "text",
  "blocks",
  "response_type",
  "replace_original",
  "delete_original",
  "thread_ts",
  "unfurl_links",
  "unfurl_media",
  "mrkdwn",
]);

/** Posts, replaces or deletes as the body asks. The string is Slack's error; null is success. */
export function respond({ workspace, grant, where }: Respond, body: JsonObject): string | null {
  noteUnknown(workspace, where, body);
  const original = grant.original
    ? workspace.messages.find(grant.channel, grant.original)
    : undefined;
  if (body.delete_original === true) {
    if (original) erase(workspace, original);
    return null;
  }
  const text = typeof body.text === "string" ? body.text : "";
  const read = readContent(workspace, { text, blocks: body.blocks, metadata: undefined }, where);
  if (read.refusal) return String(read.refusal.error);
  const { text: said, blocks } = read.content;
  if (original && body.replace_original === true) {
    const edited = { user: workspace.bot.userId, ts: workspace.nextTs() };
    // An ephemeral message is replaced without a trace.
    revise(workspace, original, { text: said, blocks, edited: original.visibleTo ? null : edited });
    return null;
  }
  const message = post(workspace, { ...whereTo(workspace, grant, body), text: said, blocks });
  grant.original = message.ts;
  return null;
}

function whereTo(workspace: Workspace, grant: ResponseGrant, body: JsonObject) {
  const wanted = typeof body.thread_ts === "string" ? body.thread_ts : grant.threadTs;
  const head = wanted ? workspace.messages.find(grant.channel, wanted) : undefined;
  return {
    channel: grant.channel,
    author: { kind: "bot" } as const satisfies Message["author"],
    threadTs: head ? (head.threadTs ?? head.ts) : null,
    visibleTo: body.response_type === "in_channel" ? null : grant.user,
  };
}

function noteUnknown(workspace: Workspace, where: string, body: JsonObject): void {
  for (const name of Object.keys(body)) {
    if (!KNOWN.has(name)) workspace.problems.push({ where, what: `unknown field ${name}` });
  }
  const type = body.response_type;
  if (type !== undefined && type !== "in_channel" && type !== "ephemeral") {
    workspace.problems.push({ where, what: `response_type ${JSON.stringify(type)}` });
  }
}

/** Uses a response address up by one. The string is Slack's error when it is of no more use. */
export function useResponseUrl(workspace: Workspace, grant: ResponseGrant): string | null {
  if (workspace.now() > grant.expiresAt) return "expired_url";
  if (grant.uses >= RESPONSE_URL_USES) return "used_url";
  grant.uses += 1;
  return null;
}
