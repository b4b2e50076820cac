/** A question in words from a chat platform, answered where it was asked. */

import type { Audience, CommandRequest, Reply } from "../chat-connection.ts";
import { errorFields } from "../log.ts";
import { channelName } from "../message.ts";
import { askLine } from "./ask-line.ts";
import type { ChatContext } from "./chat-context.ts";
import type { Told } from "./command-context.ts";
import { say, tellTold } from "./tell-told.ts";

/** Never throws: what cannot be answered is logged, and told to the asker where that is possible. */
export async function answerCommand(
  context: ChatContext,
  request: CommandRequest,
  reply: Reply,
  now: Temporal.Instant,
): Promise<void> {
  const telling = { context, doing: request, reply };
  try {
    const asked = await askLine(context, request, { by: "question", line: request.text }, now);
    if (asked === null) return;
    if ("fault" in asked) return void (await say(telling, asked.fault, "asker"));
    const { told } = asked;
    await tellTold(telling, told, told.line ?? request.text, audienceOf(context, request, told));
  } catch (error) {
    context.log.error("answer_failed", { id: request.id, ...errorFields(error) });
  }
}

/** The question's own word, else the channel's setting; a direct message is between two. */
function audienceOf(context: ChatContext, request: CommandRequest, told: Told): Audience {
  if (request.direct || told.isPersonal) return "asker";
  const usual = context.privateChannels.has(channelName(request.place)) ? "asker" : "everyone";
  return told.audience ?? usual;
}
