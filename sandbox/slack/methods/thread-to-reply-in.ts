import type { Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal } from "./method.ts";

type Thread = { threadTs: string | null; refusal: null } | { threadTs: null; refusal: Answer };

/**
 * The head of the thread that a ts names. Slack takes a reply's own ts too and files the message
 * somewhere else than its sender meant ("use its parent instead"), so that is noted as a problem.
 */
export function threadToReplyIn(
  workspace: Workspace,
  channel: string,
  ts: string,
  where: string,
): Thread {
  if (ts === "") return { threadTs: null, refusal: null };
  const head = workspace.messages.find(channel, ts);
  if (!head || head.visibleTo) return { threadTs: null, refusal: refusal("thread_not_found") };
  if (!head.threadTs) return { threadTs: head.ts, refusal: null };
  workspace.problems.push({
    where,
    what: `thread_ts ${ts} is a reply and not the head of a thread`,
  });
  return { threadTs: head.threadTs, refusal: null };
}
