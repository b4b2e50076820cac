/** The CSV button: what its line tells whoever pressed it, as a file that nobody else sees. */
import type { Click, ClickReply } from "../chat-connection.ts";
import { tellHanded, tellRefusal } from "../wording/index.ts";
import type { ChatContext } from "./chat-context.ts";
import type { Told } from "./command-context.ts";
import { say } from "./tell-told.ts";

export async function handCsv(
  context: ChatContext,
  click: Click,
  reply: ClickReply,
  told: Told,
): Promise<void> {
  const telling = { context, doing: click, reply };
  // A line that was tampered with, or one whose answer has no numbers any more.
  if (told.csv === undefined)
    return void (await say(telling, tellRefusal("no_file", context.prefix), "asker"));
  const { name, text } = told.csv();
  const file = { name, bytes: new TextEncoder().encode(text) };
  const handed = await reply.hand(file, tellHanded(name, "here"));
  if (!handed.ok) {
    context.log.warn("file_not_handed", { id: click.id, kind: handed.fault.kind });
    return void (await say(telling, tellRefusal("file_not_sent", context.prefix), "asker"));
  }
  // Where it stands elsewhere, whoever pressed the button looks here first.
  if (handed.value === "direct") await say(telling, tellHanded(name, "direct"), "asker");
}
