/** What had been received and not dealt with when the program was last stopped. */
import { keptFrom } from "./bot/index.ts";
import type { unsettled } from "./commands/index.ts";
import { isConnectionLoss } from "./db/index.ts";
import { errorFields, type Log } from "./log.ts";
import type { ChatConnection, ChatHandlers } from "./message.ts";

export type Left = Awaited<ReturnType<typeof unsettled>>[number];

/** Whoever asked longer ago has asked again, or looked elsewhere. */
const ANSWERED_WITHIN = Temporal.Duration.from({ minutes: 30 });

/**
 * What breaks again is told and left for good, or no start would ever succeed. `machineNow`: the
 * database dates what it receives by the true time.
 */
export async function settleInbox(
  left: readonly Left[],
  handlers: ChatHandlers,
  connections: readonly ChatConnection[],
  machineNow: Temporal.Instant,
  log: Log,
): Promise<void> {
  for (const one of left) {
    const { platform, id } = one;
    try {
      const connection = connections.find(({ port }) => port.platform === platform);
      await takeUp(one, handlers, connection, machineNow);
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      log.error("inbox_poisoned", { platform, id, ...errorFields(error) });
    }
    await handlers.inbox.settle(platform, id);
  }
}

async function takeUp(
  { body, receivedAt }: Left,
  handlers: ChatHandlers,
  connection: ChatConnection | undefined,
  machineNow: Temporal.Instant,
): Promise<void> {
  const kept = keptFrom(body);
  if (kept === null) return;
  if (kept.kind === "thread_reply") return handlers.onThreadReply(kept.reply);
  const stale = Temporal.Instant.compare(receivedAt.add(ANSWERED_WITHIN), machineNow) < 0;
  const replyLater = connection?.replyLater ?? null;
  if (stale || replyLater === null) return;
  if (kept.kind === "question")
    return handlers.onCommand(kept.request, replyLater(kept.request.asker, kept.to));
  const reply = replyLater(kept.click.asker, kept.to);
  // The way back to the message with the button was lost with the program.
  const dismiss = async () => ({ ok: true, value: null }) as const;
  await handlers.onClick(kept.click, { ...reply, dismiss });
}
