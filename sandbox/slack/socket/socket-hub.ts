import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { JsonObject } from "../../json.ts";
import type { BotAnswer, Delivery } from "../deliver/delivery.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { AppSocket, type DisconnectReason, MOST_SOCKETS } from "./app-socket.ts";
import { envelopeOf } from "./envelope.ts";

/** What a deaf connection still does: answer pings, or nothing at all. */
export type Deafness = "envelopes" | "everything";

/** Socket Mode: the connections that an app has open, and what they are told. */
export class SocketHub {
  readonly #workspace: Workspace;
  readonly #opened: () => void;
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #open: AppSocket[] = [];
  readonly #awaited = new Map<string, (reply: JsonObject | null) => void>();
  #deafness: Deafness | null = null;
  #turn = 0;

  /** `opened` is called when an app has opened a connection. */
  constructor(workspace: Workspace, opened: () => void) {
    this.#workspace = workspace;
    this.#opened = opened;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#open.length;
  }

  /** Takes connections at `/link/?ticket=...`; a ticket is good once. */
  attach(server: Server): void {
    server.on("upgrade", (request, stream, head) => this.#upgrade(request, stream, head));
  }

  /**
   * Sends an envelope over the next connection in turn. Without a connection the bot is
   * unreachable; an envelope that nobody acknowledges is a timeout, as a deaf connection's are.
   */
  carry(delivery: Delivery): Promise<BotAnswer> {
    const socket = this.#open[this.#turn % Math.max(this.#open.length, 1)];
    if (!socket) return Promise.resolve({ outcome: "unreachable", status: 0, reply: null });
    this.#turn += 1;
    const id = crypto.randomUUID();
    return new Promise((resolve) => {
      const finish = (answer: BotAnswer) => {
        clearTimeout(timer);
        this.#awaited.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(
        () => finish({ outcome: "timeout", status: 0, reply: null }),
        delivery.withinMs,
      );
      this.#awaited.set(id, (reply) => finish({ outcome: "acknowledged", status: 200, reply }));
      if (this.#deafness === null) socket.send(envelopeOf(id, delivery));
    });
  }

  /** Tells every connection to go, and closes them unless it is only a warning. */
  disconnect(reason: DisconnectReason): void {
    for (const socket of [...this.#open]) socket.disconnect(reason);
  }

  /** Cuts every connection without a word, as a network does. */
  drop(): void {
    for (const socket of [...this.#open]) socket.drop();
  }

  /** Connections stay up but nothing comes over them any more; null ends it. */
  deafen(how: Deafness | null): void {
    this.#deafness = how;
  }

  stop(): void {
    this.drop();
    this.#server.close();
    for (const acknowledge of [...this.#awaited.values()]) acknowledge(null);
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { pathname, searchParams: asked } = new URL(request.url ?? "/", "http://loopback");
    const { grants, now } = this.#workspace;
    const isWelcome =
      /^\/link\/?$/.test(pathname) && grants.useTicket(asked.get("ticket") ?? "", now());
    if (!isWelcome) {
      stream.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const lifeMs =
      asked.get("debug_reconnects") === "true" ? 360_000 : this.#workspace.timing.connectionMs;
    this.#server.handleUpgrade(request, stream, head, (webSocket) => {
      const socket = new AppSocket(webSocket, {
        workspace: this.#workspace,
        lifeMs,
        number: this.#open.length + 1,
        isMute: () => this.#deafness === "everything",
        acknowledged: (id, reply) => this.#acknowledge(id, reply),
        closed: () => this.#remove(socket),
      });
      this.#open.push(socket);
      if (this.#open.length > MOST_SOCKETS) socket.disconnect("too_many_websockets");
      else socket.greet();
      this.#opened();
      this.#workspace.feed.tell({ kind: "noted" });
    });
  }

  #acknowledge(id: string, reply: JsonObject | null): void {
    // After its time an acknowledgement changes nothing, as with Slack.
    this.#awaited.get(id)?.(reply);
  }

  #remove(socket: AppSocket): void {
    const index = this.#open.indexOf(socket);
    if (index >= 0) this.#open.splice(index, 1);
    this.#workspace.feed.tell({ kind: "noted" });
  }
}
