import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { networkFault } from "../network-fault.ts";
import { requestTimeoutMs } from "./slack-call.ts";
import { faultOfCode, faultOfStatus } from "./slack-fault.ts";
import { unadorned } from "./slack-send.ts";
import type { SlackMessage } from "./to-slack-message.ts";

/**
 * The `response_url` of a command or a click: five uses within 30 minutes, and no membership of the
 * channel needed. It never tells a message's `ts`, so what was said here can be changed here only.
 */
export interface ResponseAddress {
  /** `thread`: the head of the thread in which it shall stand. */
  say(
    content: SlackMessage,
    to: "everyone" | "asker",
    thread: string | undefined,
  ): Promise<Result<null, ChatFault>>;
  /** Takes away what `replaces` names. */
  unsay(): Promise<Result<null, ChatFault>>;
  /** A command's address changes what was said by it before; a click's, the message with the button. */
  readonly replaces: Replaced;
  /** How often it can still be used. */
  usesLeft(): number;
}

type Replaced = "its own answers" | "the message with the button";

export function responseAddress(url: string, replaces: Replaced): ResponseAddress {
  let said = false;
  let uses = 0;
  const use = (body: unknown) => {
    uses += 1;
    return send(url, body);
  };
  return {
    replaces,
    usesLeft: () => mostUses - uses,
    say: async (content, to, thread) => {
      const response_type = to === "everyone" ? "in_channel" : "ephemeral";
      const replace_original = said && replaces === "its own answers";
      const place = thread === undefined ? {} : { thread_ts: thread };
      const body = { ...content, ...unadorned, ...place, response_type, replace_original };
      const sent = await use(body);
      said ||= sent.ok;
      return sent;
    },
    unsay: async () => {
      const sent = await use({ delete_original: true });
      if (sent.ok) said = false;
      return sent;
    },
  };
}

const mostUses = 5;

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
    return failed(refusal(response.status, answer));
  } catch (error) {
    return failed(networkFault(error));
  }
}

/** A refusal has Slack's word in its body; without one the status is all that there is. */
function refusal(status: number, answer: string): ChatFault {
  const read = answerFault(answer);
  return status >= 500 || read.ok || read.fault.kind !== "refused"
    ? faultOfStatus(status)
    : read.fault;
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
