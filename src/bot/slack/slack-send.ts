import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, Message, MessageRef, Posted } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import { faultFields } from "../fault-fields.ts";
import type { SlackCall } from "./slack-call.ts";
import { type SlackMessage, type SlackPicture, toSlackMessage } from "./to-slack-message.ts";
import { uploadPicture } from "./upload-picture.ts";

/**
 * Says a message by `say`, the words first, and by `sayAgain` with the picture when that has arrived.
 * A picture that cannot be shown costs nothing but itself: the words stand, and `pictured` is false.
 */
export async function sayThenPicture(
  { call, log }: { call: SlackCall; log: Log },
  message: Message,
  say: (content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
  sayAgain: (ref: MessageRef, content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
): Promise<Result<Posted, ChatFault>> {
  const said = await say(toSlackMessage(message, null));
  if (!said.ok) return said;
  const ref = said.value;
  if (message.image === undefined) return ok({ ref, pictured: false });
  const uploaded = await uploadPicture(call, message.image);
  const shown = uploaded.ok
    ? await showPicture(message, uploaded.value, (content) => sayAgain(ref, content))
    : uploaded;
  if (!shown.ok) log.warn("slack_picture_lost", faultFields(shown.fault));
  return ok({ ref, pictured: shown.ok });
}

/** Slack may still refuse a file that it has just called ready, as a fault of the blocks. */
async function showPicture(
  message: Message,
  picture: SlackPicture,
  say: (content: SlackMessage) => Promise<Result<MessageRef, ChatFault>>,
): Promise<Result<MessageRef, ChatFault>> {
  const content = toSlackMessage(message, picture);
  let shown = await say(content);
  for (const delayMs of [300, 1_000, 3_000]) {
    if (shown.ok || shown.fault.kind !== "refused" || shown.fault.code !== "invalid_blocks") break;
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
