import { isObject, parseJson } from "../json.ts";
import { type BotLine, requestBot } from "./request-bot.ts";

/** Slack asks a new request URL to repeat a challenge. The string says why it is not taken; null is success. */
export async function verifyUrl(line: BotLine): Promise<string | null> {
  const challenge = crypto.randomUUID();
  const answer = await requestBot(line, {
    kind: "event",
    contentType: "application/json",
    // However short the time that a test gives the bot for all else.
    withinMs: 3000,
    body: JSON.stringify({ token: "", challenge, type: "url_verification" }),
  });
  if (answer.outcome !== "acknowledged") {
    return `the request URL did not answer: ${answer.outcome} (status ${answer.status})`;
  }
  const body = parseJson(answer.body);
  const repeated = isObject(body) ? body.challenge : answer.body;
  return repeated === challenge ? null : "the request URL did not repeat the challenge";
}
