import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, Message, MessageRef, Posted } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import { faultFields } from "../fault-fields.ts";
import type { SlackCall } from "./slack-call.ts";
import { type SlackForm, type SlackMessage, toSlackMessage } from "./to-slack-message.ts";
import { uploadPicture } from "./upload-picture.ts";

export interface Sending {
  call: SlackCall;
  log: Log;
}

type Say = (content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>;

/**
 * Says a message by `say`, the words first, and by `sayAgain` with the picture when that has arrived.
 * Blocks that Slack refuses cost only themselves: the message is said in a plainer form.
 */
export async function sayThenPicture(
  sending: Sending,
  message: Message,
  say: Say,
  sayAgain: (ref: MessageRef, content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
): Promise<Result<Posted, ChatFault>> {
  const { said, form } = await sayInSomeForm(sending, message, say);
  if (!said.ok) return said;
  const ref = said.value;
  const again = (content: SlackMessage) => sayAgain(ref, content);
  return ok({ ref, pictured: await addPicture(sending, message, form, again) });
}

/**
 * Says what stands already in `form` once more, with its picture. A picture that cannot be shown costs
 * nothing but itself: the words stand, and Slack's own chart in its place. False then.
 */
export async function addPicture(
  { call, log }: Sending,
  message: Message,
  form: SlackForm,
  sayAgain: Say,
): Promise<boolean> {
  if (message.image === undefined || form === "words") return false;
  const uploaded = await uploadPicture(call, message.image);
  const shown = uploaded.ok
    ? await showPicture(toSlackMessage(message, uploaded.value, form), sayAgain)
    : uploaded;
  if (!shown.ok) log.warn("slack_picture_lost", faultFields(shown.fault));
  return shown.ok;
}

const forms = ["native", "plain"] as const;

/**
 * Only a refusal of the blocks is answered with plainer ones: then certainly nothing was said.
 * `from`: the first form to try.
 */
export async function sayInSomeForm(
  { log }: Pick<Sending, "log">,
  message: Message,
  say: Say,
  from: SlackForm = "native",
): Promise<{ said: Result<MessageRef, ChatFault>; form: SlackForm }> {
  for (const form of from === "words" ? [] : forms.slice(forms.indexOf(from))) {
    const said = await say(toSlackMessage(message, null, form));
    if (said.ok || !isOfBlocks(said.fault)) return { said, form };
    log.warn("slack_blocks_refused", { form, ...faultFields(said.fault) });
  }
  return { said: await say(toSlackMessage(message, null, "words")), form: "words" };
}

export function isOfBlocks(fault: ChatFault): boolean {
  return fault.kind === "refused" && ofBlocks.has(fault.code);
}

/** Slack's words for blocks that it does not accept; nothing was posted then. */
const ofBlocks = new Set(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"]);

/** Slack may still refuse a file that it has just called ready, as a fault of the blocks. */
async function showPicture(
  content: SlackMessage,
  say: Say,
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
