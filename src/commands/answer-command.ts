/** A command from a chat platform: the one error boundary, the numbers first and the picture after. */
import { errorFields } from "../log.ts";
import type { CommandRequest, Message, Reply } from "../message.ts";
import { tellFault } from "../wording/index.ts";
import type { CommandContext, Told } from "./command-context.ts";
import { dispatch } from "./dispatch.ts";

export async function answerCommand(
  context: CommandContext,
  request: CommandRequest,
  reply: Reply,
  now: Temporal.Instant,
): Promise<void> {
  const told = await run(context, request, now);
  if (told === null)
    return void (await reply.say(
      tellFault({ kind: "broken", id: request.id.slice(0, 40) }, context.prefix),
      "asker",
    ));
  if ("fault" in told) return void (await reply.say(told.fault, "asker"));
  await reply.say(told.message, "everyone");
  const picture = await draw(context, told, request);
  if (picture) await reply.say({ ...told.message, image: picture }, "everyone");
}

async function run(
  context: CommandContext,
  request: CommandRequest,
  now: Temporal.Instant,
): Promise<Told | { fault: Message } | null> {
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
    return null;
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
