import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, Message, MessageRef, Posted } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import { faultFields } from "../fault-fields.ts";
import type { SlackCall } from "./slack-call.ts";
import { type SlackForm, type SlackMessage, toSlackMessage } from "./to-slack-message.ts";
import { uploadPicture } from "./upload-picture.ts";

/**
 * Says a message by `say`, the words first, and by `sayAgain` with the picture when that has arrived.
 * A picture that cannot be shown costs nothing but itself: the words stand, Slack's own chart stays in
 * its place, and `pictured` is false. Blocks that Slack refuses cost only themselves too: the message
 * is said in a plainer form.
 */
export async function sayThenPicture(
  { call, log }: { call: SlackCall; log: Log },
  message: Message,
  say: (content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
  sayAgain: (ref: MessageRef, content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
): Promise<Result<Posted, ChatFault>> {
  const { said, form } = await sayInSomeForm(message, say, log);
  if (!said.ok) return said;
  const ref = said.value;
  if (message.image === undefined || form === "words") return ok({ ref, pictured: false });
  const uploaded = await uploadPicture(call, message.image);
  const shown = uploaded.ok
    ? await showPicture(toSlackMessage(message, uploaded.value, form), (content) =>
        sayAgain(ref, content),
      )
    : uploaded;
  if (!shown.ok) log.warn("slack_picture_lost", faultFields(shown.fault));
  return ok({ ref, pictured: shown.ok });
}

/** Only a refusal of the blocks is answered with plainer ones: then certainly nothing was said. */
async function sayInSomeForm(
  message: Message,
  say: (content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
  log: Log,
): Promise<{ said: Result<MessageRef, ChatFault>; form: SlackForm }> {
  for (const form of ["native", "plain"] as const) {
    const said = await say(toSlackMessage(message, null, form));
    if (said.ok || !isOfBlocks(said.fault)) return { said, form };
    log.warn("slack_blocks_refused", { form, ...faultFields(said.fault) });
  }
  return { said: await say(toSlackMessage(message, null, "words")), form: "words" };
}

function isOfBlocks(fault: ChatFault): boolean {
  return fault.kind === "refused" && ofBlocks.has(fault.code);
}

/** Slack's words for blocks that it does not accept; nothing was posted then. */
const ofBlocks = new Set(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"]);

/** Slack may still refuse a file that it has just called ready, as a fault of the blocks. */
async function showPicture(
  content: SlackMessage,
  say: (content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
): Promise<Result<MessageRef, ChatFault>> {
  let shown = await say(content);
  for (const delayMs of [300, 1_000, 3_000]) {
    if (shown.ok || !isOfBlocks(shown.fault)) break;
    await wait(delayMs);
    shown = await say(content);
  }
  return shown;
}

/** Replaces a message of the bot's in a channel. */
export async function updateMessage(
  call: SlackCall,
  ref: MessageRef,
  content: SlackMessage,
): Promise<Result<MessageRef, ChatFault>> {
  const given = { channel: ref.channel, ts: ref.id, ...content };
  const updated = await call("chat.update", given, z.object({ ts: z.string() }));
  return updated.ok ? ok(ref) : updated;
}

/** What keeps a message from drawing anything in: no previews of links, no formatting of `text`. */
export const unadorned = { unfurl_links: false, unfurl_media: false, mrkdwn: false } as const;
