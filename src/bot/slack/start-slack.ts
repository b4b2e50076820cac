import { Server } from "node:http";
import { App } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import type { ChatConnection, ChatHandlers } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { inFlight } from "../in-flight.ts";
import { seenSignatures } from "./seen-signatures.ts";
import { requestTimeoutMs, type SlackCall, slackCaller, slackClient } from "./slack-call.ts";
import { listen } from "./slack-listeners.ts";
import { slackLogger } from "./slack-log.ts";
import { slackPort } from "./slack-port.ts";
import { guard, slackReceiver } from "./slack-receiver.ts";
import { type SlackSelf, slackSelf } from "./slack-self.ts";

export interface SlackOptions {
  botToken: string;
  signingSecret: string;
  /** Where the Web API is; Slack's own when absent. Ends in `/api/`. */
  apiUrl?: string | undefined;
  host: string;
  /** 0: any free one. */
  port: number;
  handlers: ChatHandlers;
  /**
   * The machine's clock and not the program's: Slack dates its signatures by the true time,
   * whatever time KPI_NOW plays.
   */
  machineNow: () => Temporal.Instant;
  log: Log;
}

export type SlackStartFault =
  /** The token has a character that no token has. It was not used: an error would quote it. */
  | { kind: "malformed_token" }
  /** Slack answered and said no; `code` is its word. */
  | { kind: "refused"; code: string }
  | { kind: "unreachable"; code: string }
  /** The address for Slack's requests cannot be had; `code` is the system's. */
  | { kind: "cannot_listen"; code: string };

/**
 * Connects to Slack over signed HTTP: asks who the bot is, then takes Slack's requests at
 * `/slack/events` of `address`.
 */
export async function startSlack(
  options: SlackOptions,
): Promise<Result<ChatConnection & { address: string }, SlackStartFault>> {
  if (!/^[\x21-\x7e]+$/.test(options.botToken)) return failed({ kind: "malformed_token" });
  const { botToken, apiUrl, log } = options;
  const call = slackCaller(slackClient(botToken, apiUrl, requestTimeoutMs, log));
  const self = await slackSelf(call);
  if (!self.ok) {
    if (self.fault.kind === "refused") return failed({ kind: "refused", code: self.fault.code });
    const code = self.fault.kind === "limited" ? "ratelimited" : self.fault.code;
    return failed({ kind: "unreachable", code });
  }
  return receive(options, call, self.value);
}

async function receive(options: SlackOptions, call: SlackCall, self: SlackSelf) {
  const { handlers, log, machineNow } = options;
  const running = inFlight();
  const app = slackApp(options, self);
  guard(app, { self, inbox: handlers.inbox, seen: seenSignatures(), running, machineNow, log });
  listen(app, { call, self, handlers, log });
  try {
    const server = await app.start({ host: options.host, port: options.port });
    if (!(server instanceof Server)) throw new Error("Bolt started no plain HTTP server");
    return ok({
      address: addressOf(server),
      port: slackPort(call, self, log),
      stop: async () => {
        // A caller who keeps a connection open must not keep the program.
        const hangUp = setTimeout(() => server.closeAllConnections(), hangUpAfterMs);
        await app.stop();
        clearTimeout(hangUp);
        await running.drain();
      },
    });
  } catch (error) {
    const { code } = errorFields(error);
    return failed({ kind: "cannot_listen" as const, code: String(code ?? "unknown") });
  }
}

function slackApp(options: SlackOptions, self: SlackSelf): App {
  return new App({
    receiver: slackReceiver(options.signingSecret, options.log),
    token: options.botToken,
    // Given, so that Bolt does not ask Slack again.
    botId: self.botId,
    botUserId: self.userId,
    logger: slackLogger(options.log),
    clientOptions: {
      ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
      retryConfig: { retries: 0 },
    },
  });
}

const hangUpAfterMs = 5_000;

function addressOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("Bolt started no TCP server");
  const host = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
