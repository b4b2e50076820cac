import type { ChatFault, Destination, HandedFile, Message, PersonRef } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import { literalText } from "../literal-text.ts";
import { directMessage } from "./direct-message.ts";
import { slackLimits } from "./limits.ts";
import type { SlackCall } from "./slack-call.ts";
import { escapeMrkdwn } from "./slack-escape.ts";
import { uploadFile } from "./upload-file.ts";

/**
 * Slack hides words in a channel, and no files, so a file goes into the direct message with the bot.
 * `initial_comment` is the message that holds it.
 */
export async function handFile(
  call: SlackCall,
  { asker, direct, place }: { asker: PersonRef; direct: boolean; place: Destination },
  file: HandedFile,
  words: Message,
): Promise<Result<"here" | "direct", ChatFault>> {
  const alone = await directMessage(call, asker.user);
  if (!alone.ok) return alone;
  const { channel } = alone.value;
  // Asked in a direct message between two people, it goes to one of them all the same.
  const isHere = direct && channel === place.channel;
  const thread = isHere && place.thread !== undefined ? { thread_ts: place.thread } : {};
  const initial_comment = escapeMrkdwn(literalText(words.summary), slackLimits.text);
  const shared = await uploadFile(
    call,
    file,
    {},
    { channel_id: channel, initial_comment, ...thread },
  );
  return shared.ok ? ok(isHere ? "here" : "direct") : shared;
}
