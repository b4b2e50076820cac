import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { networkFault } from "../network-fault.ts";
import { requestTimeoutMs } from "./slack-call.ts";
import { faultOfCode, faultOfStatus } from "./slack-fault.ts";
import { unadorned } from "./slack-send.ts";
import type { SlackMessage } from "./to-slack-message.ts";

/**
 * The `response_url` of a command: five uses within 30 minutes, and no membership of the channel
 * needed. Each use after the first replaces what the one before it said. It never tells a message's
 * `ts`, so what was said here can be changed here only.
 */
export interface ResponseAddress {
  say(content: SlackMessage, to: "everyone" | "asker"): Promise<Result<null, ChatFault>>;
  /** Takes back what was said. */
  unsay(): Promise<Result<null, ChatFault>>;
}

export function responseAddress(url: string): ResponseAddress {
  let said = false;
  return {
    say: async (content, to) => {
      const response_type = to === "everyone" ? "in_channel" : "ephemeral";
      const body = { ...content, ...unadorned, response_type, replace_original: said };
      const sent = await send(url, body);
      said ||= sent.ok;
      return sent;
    },
    unsay: async () => {
      const sent = await send(url, { delete_original: true });
      if (sent.ok) said = false;
      return sent;
    },
  };
}

async function send(url: string, body: unknown): Promise<Result<null, ChatFault>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const answer = await response.text();
    if (response.ok) return answerFault(answer);
    if (response.status === 429) return failed({ kind: "limited", retryAfterMs: 30_000 });
    return failed(faultOfStatus(response.status));
  } catch (error) {
    return failed(networkFault(error));
  }
}

/** Slack answers `ok` or {"ok":true}; a refusal comes with status 200 too. */
function answerFault(answer: string): Result<null, ChatFault> {
  if (answer === "" || answer === "ok") return ok(null);
  try {
    const read: unknown = JSON.parse(answer);
    if (typeof read !== "object" || read === null) return failed(faultOfCode(answer));
    if ("ok" in read && read.ok === true) return ok(null);
    return failed(faultOfCode("error" in read ? read.error : "unreadable answer"));
  } catch {
    return failed(faultOfCode(answer));
  }
}
