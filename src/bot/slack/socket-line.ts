import { setTimeout as wait } from "node:timers/promises";
import { type App, SocketModeReceiver } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import type { ChatFault } from "../../message.ts";
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
}

/** One WebSocket to Slack, from `hello` to its end; it is never mended, another takes its place. */
export interface SocketLine {
  /** Resolves when nothing arrives by it any more. */
  ended: Promise<void>;
  /** On the monotonic clock, in milliseconds, when something last arrived by it. Pings do not count. */
  heardAt(): number;
  openedAt: number;
  hangUp(): Promise<void>;
}

/** Opens a connection and waits for Slack's `hello`. */
export async function openLine(options: LineOptions): Promise<Result<SocketLine, ChatFault>> {
  const { client } = receiverOf(options);
  let heardAt = performance.now();
  tameFrames(client, options.log, () => {
    heardAt = performance.now();
  });
  const ended = new Promise<void>((done) => {
    client.once("disconnected", () => done());
  });
  const hangUp = async () => {
    // The first asks Slack to close, the second no longer asks.
    for (const patienceMs of [closeWithinMs, 0]) {
      client.disconnect().catch(() => {});
      if (await Promise.race([ended.then(() => true), wait(patienceMs, false)])) return;
    }
  };
  try {
    const hello = client.start().then(() => true);
    hello.catch(() => {});
    const opened = await Promise.race([hello, wait(helloWithinMs, false, { ref: false })]);
    if (opened) return ok({ ended, heardAt: () => heardAt, openedAt: performance.now(), hangUp });
    await hangUp();
    return failed({ kind: "unreachable", code: "no_hello" });
  } catch (error) {
    // The library rejects with nothing when the socket closed before it was open.
    if (error === undefined) return failed({ kind: "unreachable", code: "socket_closed" });
    return failed(slackFault(error));
  }
}

const helloWithinMs = 15_000;
const closeWithinMs = 2_000;

type Client = SocketModeReceiver["client"];

/**
 * The library's own mending is off: where `apps.connections.open` fails while it reconnects, it
 * rejects a promise that nobody holds, and tries no more. Its receiver calls slack.com unless the
 * address is given under `installerOptions`, and makes 100 tries unless told a number.
 */
function receiverOf({ appToken, apiUrl, app, log, pongWithinMs }: LineOptions): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: pongWithinMs,
    installerOptions: { clientOptions: callOptions(apiUrl, log) },
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
