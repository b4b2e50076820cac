/** An answer on its way back: the numbers first, the picture after, the buttons that go with it. */

import type { Audience, Doing, Reply } from "../chat-connection.ts";
import { errorFields } from "../log.ts";
import type { Action, Message, MessageRef, Posted } from "../message.ts";
import { pause } from "../pause.ts";
import { keepStandingAnswer } from "../policy/index.ts";
import { actionsBlock, csvButton, offerActions } from "../wording/index.ts";
import type { ChatContext } from "./chat-context.ts";
import type { Told } from "./command-context.ts";

export interface Telling {
  context: ChatContext;
  doing: Doing;
  reply: Reply;
}

/**
 * Whether it was said; `line` is what asks the same again. A private answer gets its Share button with
 * the picture: pressed before that, the picture would bring back what the press has taken away.
 */
export async function tellTold(
  telling: Telling,
  told: Told,
  line: string,
  audience: Audience,
): Promise<boolean> {
  const next = [...offerActions(told.next ?? []), ...(told.csv ? [csvButton(line)] : [])];
  // In a direct message nobody is there to share with.
  const share =
    audience === "asker" && !telling.doing.direct && !told.isPersonal
      ? [{ kind: "button", id: "share", label: "Share", value: line, style: "primary" } as const]
      : [];
  const whole = withButtons(told.message, [...share, ...next]);
  const first = told.draw ? withButtons(told.message, next) : whole;
  const posted = await say(telling, first, audience);
  if (posted === null) return false;
  if (audience === "everyone") await keepStanding(telling, told, posted.ref);
  if (!told.draw) return true;
  const image = await draw(telling, told);
  const shown = image ? await say(telling, { ...whole, image }, audience) : null;
  if (!shown?.pictured && share.length > 0) await say(telling, whole, audience);
  return true;
}

/** So that it can be taken away should others come to read there. The answer is out, whatever fails of that. */
async function keepStanding(
  { context, doing }: Telling,
  told: Told,
  ref: MessageRef,
): Promise<void> {
  if (told.metrics.length === 0) return;
  try {
    await keepStandingAnswer(context.metrics.db, ref, doing.asker, told.metrics);
  } catch (error) {
    context.log.error("standing_answer_not_kept", { id: doing.id, ...errorFields(error) });
  }
}

function withButtons(message: Message, actions: readonly Action[]): Message {
  return { ...message, blocks: [...message.blocks, ...actionsBlock(actions)] };
}

/** Null: it was not said, and that is logged. What a platform's limit held up is said a moment later. */
export async function say(
  { context, doing, reply }: Telling,
  message: Message,
  audience: Audience,
): Promise<Posted | null> {
  let said = await reply.say(message, audience);
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    if (said.ok || said.fault.kind !== "limited" || said.fault.retryAfterMs > PATIENCE_MS) break;
    await pause(said.fault.retryAfterMs);
    said = await reply.say(message, audience);
  }
  if (said.ok) return said.value;
  context.log.warn("answer_not_said", { id: doing.id, kind: said.fault.kind });
  return null;
}

const MOST_TRIES = 3;
/** A person waits for so long, and so does who stops the program. */
const PATIENCE_MS = 5_000;

async function draw({ context, doing }: Telling, told: Told): Promise<Message["image"] | null> {
  try {
    return told.draw ? await told.draw() : null;
  } catch (error) {
    // The numbers are out already: a picture that cannot be drawn loses nothing.
    context.log.error("picture_failed", { id: doing.id, ...errorFields(error) });
    return null;
  }
}
