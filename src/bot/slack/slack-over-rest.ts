import type { Log } from "../../log.ts";
import type { ChatFault, ChatPort } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { isToken } from "../is-token.ts";
import { requestTimeoutMs, slackCaller, slackClient } from "./slack-call.ts";
import { slackPort } from "./slack-port.ts";
import { slackSelf } from "./slack-self.ts";

/** Slack as a place to post, for a process that hears nothing: no socket and no server is opened. */
export async function slackOverRest(
  botToken: string,
  apiUrl: string | undefined,
  log: Log,
): Promise<Result<ChatPort, ChatFault>> {
  if (!isToken(botToken)) return failed({ kind: "refused", code: "malformed_token" });
  const call = slackCaller(slackClient(botToken, apiUrl, requestTimeoutMs, log));
  const self = await slackSelf(call);
  return self.ok ? ok(slackPort(call, self.value, log)) : self;
}
