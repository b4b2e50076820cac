import { type App, SocketModeReceiver } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import type { ChatFault } from "../../message.ts";
import { pause } from "../../pause.ts";
import { failed, ok, type Result } from "../../result.ts";
import { callOptions } from "./slack-call.ts";
import { slackFault } from "./slack-fault.ts";
import { slackLogger } from "./slack-log.ts";

export interface LineOptions {
  appToken: string;
  apiUrl: string | undefined;
  app: App;
  log: Log;
  /** Milliseconds without an answer to our pings after which the connection counts as dead. */
  pongWithinMs: number;
  /** Ends opening the connection, and nothing after that. */
  stopping: AbortSignal;
}

/** One WebSocket to Slack, from `hello` to its end; it is never mended, another takes its place. */
export interface SocketLine {
  /** Aborted when nothing arrives by it any more. */
  ended: AbortSignal;
  /** On the monotonic clock, in milliseconds, when something last arrived by it. Pings do not count. */
  heardAt(): number;
  openedAt: number;
  hangUp(): Promise<void>;
}

/** Opens a connection and waits for Slack's `hello`. Fault `unreachable`/`stopped` when it is told to stop. */
export async function openLine(options: LineOptions): Promise<Result<SocketLine, ChatFault>> {
  const { client } = receiverOf(options);
  let heardAt = performance.now();
  tameFrames(client, options.log, () => {
    heardAt = performance.now();
  });
  const end = new AbortController();
  const ended = end.signal;
  client.once("disconnected", () => end.abort());
  const hangUp = async () => {
    // The first asks Slack to close, the second no longer asks.
    for (const patienceMs of [closeWithinMs, 0]) {
      if (ended.aborted) return;
      client.disconnect().catch(() => {});
      await pause(patienceMs, ended);
    }
  };
  const fault = await greeted(client, options.stopping);
  if (fault === null)
    return ok({ ended, heardAt: () => heardAt, openedAt: performance.now(), hangUp });
  await hangUp();
  return failed(fault);
}

/** Null: Slack has said `hello`. */
async function greeted(client: Client, stopping: AbortSignal): Promise<ChatFault | null> {
  const settled = new AbortController();
  let fault: ChatFault | null = { kind: "unreachable", code: "no_hello" };
  const hello = client.start().then(
    () => null,
    // The library rejects with nothing when the socket closed before it was open.
    (error: unknown): ChatFault =>
      error === undefined ? { kind: "unreachable", code: "socket_closed" } : slackFault(error),
  );
  void hello.then((outcome) => {
    fault = outcome;
    settled.abort();
  });
  await pause(helloWithinMs, settled.signal, stopping);
  return stopping.aborted ? { kind: "unreachable", code: "stopped" } : fault;
}

const helloWithinMs = 15_000;
const closeWithinMs = 2_000;

type Client = SocketModeReceiver["client"];

/**
 * The library's own mending is off: where `apps.connections.open` fails while it reconnects, it
 * rejects a promise that nobody holds, and tries no more. Its receiver calls slack.com unless the
 * address is given under `installerOptions`, and makes 100 tries unless told a number.
 */
function receiverOf(options: LineOptions): SocketModeReceiver {
  const { appToken, apiUrl, app, log, pongWithinMs, stopping } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: pongWithinMs,
    // Asked to end before there is a socket, the library opens one all the same, unless it gets no address.
    installerOptions: { clientOptions: callOptions(apiUrl, log, stopping) },
    logger: slackLogger(log),
    // Not acknowledged on purpose: an event that could not be put down is sent again.
    processEventErrorHandler: async () => false,
  });
  receiver.init(app);
  return receiver;
}

/** A frame that the library cannot read is a rejection that nobody handles, unless somebody does here. */
function tameFrames(client: Client, log: Log, onFrame: () => void): void {
  const [read] = client.listeners("ws_message");
  if (read === undefined) throw new Error("the Socket Mode client reads no frames");
  client.removeAllListeners("ws_message");
  client.on("ws_message", async (...frame: unknown[]) => {
    onFrame();
    try {
      await read(...frame);
    } catch (error) {
      log.warn("slack_frame_unreadable", errorFields(error));
    }
  });
}
