/** A command from a chat platform: the one error boundary, the numbers first and the picture after. */
import { errorFields } from "../log.ts";
import type { Audience, CommandRequest, Message, Reply } from "../message.ts";
import { tellFault } from "../wording/index.ts";
import type { CommandContext, Told } from "./command-context.ts";
import { dispatch } from "./dispatch.ts";

/** Never throws: what cannot be answered is logged, and told to the asker where that is possible. */
export async function answerCommand(
  context: CommandContext,
  request: CommandRequest,
  reply: Reply,
  now: Temporal.Instant,
): Promise<void> {
  try {
    const told = await run(context, request, now);
    if ("fault" in told) return await say(context, request, reply, told.fault, "asker");
    const audience = told.audience ?? "everyone";
    await say(context, request, reply, told.message, audience);
    const image = await draw(context, told, request);
    if (image) await say(context, request, reply, { ...told.message, image }, audience);
  } catch (error) {
    context.log.error("answer_failed", { id: request.id, ...errorFields(error) });
  }
}

async function say(
  context: CommandContext,
  request: CommandRequest,
  reply: Reply,
  message: Message,
  audience: Audience,
): Promise<void> {
  const said = await reply.say(message, audience);
  if (!said.ok) context.log.warn("answer_not_said", { id: request.id, kind: said.fault.kind });
}

async function run(
  context: CommandContext,
  request: CommandRequest,
  now: Temporal.Instant,
): Promise<Told | { fault: Message }> {
  const caller = {
    kind: "person",
    person: request.asker,
    channel: request.place,
    direct: request.direct,
  } as const;
  try {
    const result = await dispatch(context, request.text, { caller, now, exact: false, week: null });
    return result.ok ? result.value : { fault: tellFault(result.fault, context.prefix) };
  } catch (error) {
    context.log.error("command_failed", { id: request.id, ...errorFields(error) });
    return { fault: tellFault({ kind: "broken", id: request.id.slice(0, 40) }, context.prefix) };
  }
}

async function draw(
  context: CommandContext,
  told: Told,
  request: CommandRequest,
): Promise<Message["image"] | null> {
  try {
    return told.draw ? await told.draw() : null;
  } catch (error) {
    // The numbers are out already: a picture that cannot be drawn loses nothing.
    context.log.error("picture_failed", { id: request.id, ...errorFields(error) });
    return null;
  }
}
