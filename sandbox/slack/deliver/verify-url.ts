import { type HttpWay, postToBot } from "./post-to-bot.ts";

/** Slack asks a new request URL to repeat a challenge. The string says why it is not taken; null is success. */
export async function verifyUrl(way: HttpWay, stopped: AbortSignal): Promise<string | null> {
  const challenge = crypto.randomUUID();
  const answer = await postToBot(
    way,
    {
      kind: "event",
      payload: { token: "", challenge, type: "url_verification" },
      takesReply: true,
      // However short the time that a test gives the bot for all else.
      withinMs: 3000,
    },
    stopped,
  );
  if (answer.outcome !== "acknowledged") {
    return `the request URL did not answer: ${answer.outcome} (status ${answer.status})`;
  }
  // Slack takes it as JSON, or as the whole of a plain answer.
  const repeated = answer.reply?.challenge ?? answer.reply?.text;
  return repeated === challenge ? null : "the request URL did not repeat the challenge";
}
