/**
 * A button: its value is a question, asked as if whoever pressed it had typed it there, with their
 * rights and now, whoever the message was for. A value that was tampered with is another question.
 */

import type { Click, ClickReply } from "../chat-connection.ts";
import { errorFields } from "../log.ts";
import { channelName } from "../message.ts";
import { tellRefusal } from "../wording/index.ts";
import { askLine } from "./ask-line.ts";
import type { ChatContext } from "./chat-context.ts";
import type { Told } from "./command-context.ts";
import { handCsv } from "./hand-csv.ts";
import { say, tellTold } from "./tell-told.ts";

/** Never throws, as `answerCommand`. */
export async function answerClick(
  context: ChatContext,
  click: Click,
  reply: ClickReply,
  now: Temporal.Instant,
): Promise<void> {
  try {
    if (click.action === "share" && !click.direct) return await share(context, click, reply, now);
    const telling = { context, doing: click, reply };
    if (!actions.includes(click.action))
      return void (await say(telling, tellRefusal("old_button", context.prefix), "asker"));
    const told = await toldOrRefused(context, click, reply, now, "click");
    if (told === null) return;
    if (click.action === "csv") await handCsv(context, click, reply, told);
    else await tellTold(telling, told, told.line ?? click.value, "asker");
  } catch (error) {
    context.log.error("click_failed", { id: click.id, ...errorFields(error) });
  }
}

const actions: readonly string[] = ["share", "ask", "csv"];

/**
 * The private answer goes before the public one is said: Slack may be told to take away "the original"
 * only while it is clear which message that is. It may stand on all the same; pressed a second time,
 * it is taken away and nothing is said again.
 */
async function share(
  context: ChatContext,
  click: Click,
  reply: ClickReply,
  now: Temporal.Instant,
): Promise<void> {
  const key = JSON.stringify([channelName(click.place), click.asker.user, click.value]);
  if (!context.sharing.begin(key, now)) return dismiss(context, click, reply);
  let shared = false;
  try {
    const told = await toldOrRefused(context, click, reply, now, "share");
    if (told === null) return;
    await dismiss(context, click, reply);
    const telling = { context, doing: click, reply };
    const audience = told.isPersonal ? "asker" : "everyone";
    shared = await tellTold(telling, told, told.line ?? click.value, audience);
    if (!shared) await say(telling, tellRefusal("not_shared", context.prefix), "asker");
  } finally {
    if (!shared) context.sharing.forget(key);
  }
}

async function dismiss(context: ChatContext, click: Click, reply: ClickReply): Promise<void> {
  const gone = await reply.dismiss();
  if (!gone.ok) context.log.warn("share_not_dismissed", { id: click.id, kind: gone.fault.kind });
}

/** Null after a refusal, which is the presser's alone. */
async function toldOrRefused(
  context: ChatContext,
  click: Click,
  reply: ClickReply,
  now: Temporal.Instant,
  by: "click" | "share",
): Promise<Told | null> {
  const asked = await askLine(context, click, { by, line: click.value }, now);
  if (asked === null) return null;
  if ("told" in asked) return asked.told;
  await say({ context, doing: click, reply }, asked.fault, "asker");
  return null;
}
