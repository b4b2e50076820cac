/** What had been received and not dealt with, because the program was stopped or the database away. */
import { type Kept, keptFrom, tellingWhenSaid } from "./bot/index.ts";
import type { ChatConnection, ChatHandlers } from "./chat-connection.ts";
import type { Left, StoredInbox } from "./commands/index.ts";
import { whyUnavailable } from "./db/index.ts";
import { errorFields, type Log } from "./log.ts";
import type { ChatPort } from "./message.ts";

/** Whoever asked longer ago has asked again, or looked elsewhere. */
const ANSWERED_WITHIN_MS = 30 * 60 * 1_000;

/** A question that ended three programs is not asked of a fourth. */
const MOST_ATTEMPTS = 3;

type Handlers = Pick<ChatHandlers, "onCommand" | "onClick" | "onThreadReply">;

/** Of a connection, what answers by it. */
type Way = Pick<ChatConnection, "replyLater"> & { port: Pick<ChatPort, "platform"> };

/**
 * Takes up one after the other, so that the questions of now find the database free: keeps what was
 * said in threads, answers questions and clicks. Stopping ends after the one under way. What fails for
 * a reason that may pass is thrown, and comes again; any other failure is told and left for good.
 */
export async function settleLeft(
  inbox: StoredInbox,
  handlers: Handlers,
  ways: readonly Way[],
  log: Log,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const left = await inbox.takeLeft();
    if (left === null) return;
    const { platform, id } = left;
    const settle = () => inbox.settle(platform, id);
    const replyLater = ways.find(({ port }) => port.platform === platform)?.replyLater ?? null;
    try {
      await takeUp(left, { handlers, replyLater, settle, log });
    } catch (error) {
      if (whyUnavailable(error) !== null) {
        inbox.leave(platform, id);
        throw error;
      }
      log.error("inbox_poisoned", { platform, id, ...errorFields(error) });
    }
    await settle();
  }
}

interface Means {
  handlers: Handlers;
  replyLater: ChatConnection["replyLater"];
  settle: () => Promise<void>;
  log: Log;
}

async function takeUp(left: Left, means: Means): Promise<void> {
  const kept = keptFrom(left.body);
  if (kept === null) return;
  if (kept.kind === "thread_reply") return means.handlers.onThreadReply(kept.reply);
  const { platform, id, ageMs, attempts } = left;
  if (ageMs > ANSWERED_WITHIN_MS) return;
  if (attempts > MOST_ATTEMPTS) return means.log.error("question_given_up", { platform, id });
  await answer(kept, means);
}

/** Said at last, it is settled, and its picture comes after. */
async function answer(
  kept: Exclude<Kept, { kind: "thread_reply" }>,
  { handlers, replyLater, settle }: Means,
): Promise<void> {
  if (replyLater === null) return;
  const { asker } = kept.kind === "question" ? kept.request : kept.click;
  const reply = tellingWhenSaid(replyLater(asker, kept.to), settle);
  if (kept.kind === "question") return handlers.onCommand(kept.request, reply);
  // The way back to the message with the button was lost with the program.
  const dismiss = async () => ({ ok: true, value: null }) as const;
  await handlers.onClick(kept.click, { ...reply, dismiss });
}
