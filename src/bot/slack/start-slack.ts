import { Server } from "node:http";
import { App, type Receiver } from "@slack/bolt";
import type { ChatConnection, ChatHandlers } from "../../chat-connection.ts";
import { errorFields, type Log } from "../../log.ts";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { inFlight } from "../in-flight.ts";
import { isToken } from "../is-token.ts";
import { guard } from "./admit.ts";
import { seenSignatures } from "./seen-signatures.ts";
import { requestTimeoutMs, type SlackCall, slackCaller, slackClient } from "./slack-call.ts";
import { listen } from "./slack-listeners.ts";
import { slackLogger } from "./slack-log.ts";
import { slackPort } from "./slack-port.ts";
import { slackReceiver } from "./slack-receiver.ts";
import { slackReply } from "./slack-reply.ts";
import { type SlackSelf, slackSelf } from "./slack-self.ts";
import { type Pace, socketReceiver } from "./socket-receiver.ts";

export type SlackOptions = Common & (SignedHttp | SocketMode);

interface Common {
  botToken: string;
  /** Where the Web API is; Slack's own when absent. Ends in `/api/`. */
  apiUrl?: string | undefined;
  handlers: ChatHandlers;
  log: Log;
}

/** Slack sends its requests to us. */
interface SignedHttp {
  appToken?: undefined;
  signingSecret: string;
  host: string;
  /** 0: any free one. */
  port: number;
  /**
   * The machine's clock and not the program's: Slack dates its signatures by the true time,
   * whatever time KPI_NOW plays.
   */
  machineNow: () => Temporal.Instant;
}

/** We hold a socket to Slack, and nothing has to reach us. */
interface SocketMode {
  appToken: string;
  /** Called after a time without a socket: what was said meanwhile is to be asked for, with `repliesAfter`. */
  onGap: () => void;
  socketPace?: Partial<Pace>;
}

export type SlackStartFault =
  /** A token has a character that no token has. It was not used: an error would quote it. */
  | { kind: "malformed_token" }
  /** Slack answered and said no; `code` is its word. */
  | { kind: "refused"; code: string }
  /** The same of the app token, which opens the socket. */
  | { kind: "app_token_refused"; code: string }
  | { kind: "unreachable"; code: string }
  /** The address for Slack's requests cannot be had; `code` is the system's. */
  | { kind: "cannot_listen"; code: string };

/** `address`: where Slack's requests go, at `/slack/events`; null in Socket Mode. */
export type SlackConnection = ChatConnection & { address: string | null };

/** Connects to Slack: asks who the bot is, then takes Slack's requests, or opens a socket to it. */
export async function startSlack(
  options: SlackOptions,
): Promise<Result<SlackConnection, SlackStartFault>> {
  const { botToken, appToken, apiUrl, log } = options;
  const tokens = [botToken, ...(appToken === undefined ? [] : [appToken])];
  if (!tokens.every(isToken)) return failed({ kind: "malformed_token" });
  const call = slackCaller(slackClient(botToken, apiUrl, requestTimeoutMs, log));
  const self = await slackSelf(call);
  if (!self.ok) return failed(startFault(self.fault));
  return options.appToken === undefined
    ? takeRequests(options, call, self.value)
    : holdSocket(options, call, self.value);
}

async function takeRequests(
  options: Common & SignedHttp,
  call: SlackCall,
  self: SlackSelf,
): Promise<Result<SlackConnection, SlackStartFault>> {
  const running = inFlight();
  const app = slackApp(options, self, slackReceiver(options.signingSecret, options.log));
  const signed = { seen: seenSignatures(), machineNow: options.machineNow };
  const { handlers, log } = options;
  // Slack was not heard to be answered, and sends all of it again: nothing else is missing.
  const onLate = (): void => {};
  guard(app, { self, inbox: handlers.inbox, signed, running, onLate, log });
  listen(app, { call, self, handlers, log });
  try {
    const server = await app.start({ host: options.host, port: options.port });
    if (!(server instanceof Server)) throw new Error("Bolt started no plain HTTP server");
    return ok({
      ...face(options, call, self),
      address: addressOf(server),
      // Whether Slack's requests find their way here cannot be seen from here.
      connected: () => server.listening,
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
    return failed({ kind: "cannot_listen", code: String(code ?? "unknown") });
  }
}

async function holdSocket(
  options: Common & SocketMode,
  call: SlackCall,
  self: SlackSelf,
): Promise<Result<SlackConnection, SlackStartFault>> {
  const { appToken, apiUrl, handlers, log, onGap, socketPace: pace } = options;
  const running = inFlight();
  const receiver = socketReceiver({ appToken, apiUrl, log, onGap, ...(pace ? { pace } : {}) });
  const app = slackApp(options, self, receiver);
  // A line that brought less than it should was deaf, for nobody knows how long.
  guard(app, { self, inbox: handlers.inbox, signed: null, running, onLate: onGap, log });
  listen(app, { call, self, handlers, log });
  const opened = await receiver.open();
  if (!opened.ok) {
    const fault = startFault(opened.fault);
    return failed(fault.kind === "refused" ? { ...fault, kind: "app_token_refused" } : fault);
  }
  return ok({
    ...face(options, call, self),
    address: null,
    connected: receiver.connected,
    stop: async () => {
      await app.stop();
      await running.drain();
    },
  });
}

function face({ log }: Common, call: SlackCall, self: SlackSelf) {
  const replyLater: ChatConnection["replyLater"] = (asker, place) =>
    slackReply(
      { call, log },
      { asker, place, direct: place.channel.startsWith("D"), address: null },
    );
  return { port: slackPort(call, self, log), replyLater };
}

function startFault(fault: ChatFault): SlackStartFault {
  if (fault.kind === "refused") return { kind: "refused", code: fault.code };
  return { kind: "unreachable", code: fault.kind === "limited" ? "ratelimited" : fault.code };
}

function slackApp({ botToken, apiUrl, log }: Common, self: SlackSelf, receiver: Receiver): App {
  return new App({
    receiver,
    token: botToken,
    // Given, so that Bolt does not ask Slack again.
    botId: self.botId,
    botUserId: self.userId,
    logger: slackLogger(log),
    clientOptions: {
      ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
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
