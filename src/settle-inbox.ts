/** What had been received and not dealt with when the program was last stopped. */
import { type Kept, keptFrom } from "./bot/index.ts";
import type { unsettled } from "./commands/index.ts";
import { isConnectionLoss } from "./db/index.ts";
import { errorFields, type Log } from "./log.ts";
import type { ChatConnection, ChatHandlers } from "./message.ts";

export type Left = Awaited<ReturnType<typeof unsettled>>[number];

/** Whoever asked longer ago has asked again, or looked elsewhere. */
const ANSWERED_WITHIN = Temporal.Duration.from({ minutes: 30 });

/** Keeps what was said in threads, which needs no platform. */
export async function settleReplies(
  left: readonly Left[],
  handlers: ChatHandlers,
  log: Log,
): Promise<void> {
  for (const one of left) {
    const kept = keptFrom(one.body);
    if (kept !== null && kept.kind !== "thread_reply") continue;
    await settle(one, handlers, log, async () => {
      if (kept !== null) await handlers.onThreadReply(kept.reply);
    });
  }
}

/**
 * Answers questions and clicks one after the other, so that those of now find the database free.
 * Stopping ends after the one under way; the others are left to the next start. `machineNow`: the
 * database dates what it receives by the true time.
 */
export async function settleQuestions(
  left: readonly Left[],
  handlers: ChatHandlers,
  connections: readonly ChatConnection[],
  machineNow: Temporal.Instant,
  log: Log,
  stopping: AbortSignal,
): Promise<void> {
  for (const one of left) {
    if (stopping.aborted) return;
    const kept = keptFrom(one.body);
    if (kept === null || kept.kind === "thread_reply") continue;
    const stale = Temporal.Instant.compare(one.receivedAt.add(ANSWERED_WITHIN), machineNow) < 0;
    const connection = connections.find(({ port }) => port.platform === one.platform);
    await settle(one, handlers, log, async () => {
      if (!stale) await answer(kept, handlers, connection?.replyLater ?? null);
    });
  }
}

/** What breaks again is told and left for good, or every start would break on it. */
async function settle(
  { platform, id }: Left,
  { inbox }: ChatHandlers,
  log: Log,
  takeUp: () => Promise<void>,
): Promise<void> {
  try {
    await takeUp();
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    log.error("inbox_poisoned", { platform, id, ...errorFields(error) });
  }
  await inbox.settle(platform, id);
}

async function answer(
  kept: Exclude<Kept, { kind: "thread_reply" }>,
  handlers: ChatHandlers,
  replyLater: ChatConnection["replyLater"],
): Promise<void> {
  if (replyLater === null) return;
  if (kept.kind === "question")
    return handlers.onCommand(kept.request, replyLater(kept.request.asker, kept.to));
  const reply = replyLater(kept.click.asker, kept.to);
  // The way back to the message with the button was lost with the program.
  const dismiss = async () => ({ ok: true, value: null }) as const;
  await handlers.onClick(kept.click, { ...reply, dismiss });
}
