import type { WebSocket } from "ws";
import { isObject, type JsonObject, parseJson } from "../../json.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** An app may have so many connections; one more is sent away. */
export const MOST_SOCKETS = 10;

/** `warning` comes some seconds before `refresh_requested`; `link_disabled` is Socket Mode turned off. */
export type DisconnectReason =
  | "warning"
  | "refresh_requested"
  | "link_disabled"
  | "too_many_websockets";

interface SocketSettings {
  workspace: Workspace;
  /** After so many ms the connection is told to make room for a fresh one. */
  lifeMs: number;
  /** Which of the open connections it is, from 1. */
  number: number;
  /** Whether not even pings are answered. */
  isMute(): boolean;
  acknowledged(envelopeId: string, reply: JsonObject | null): void;
  closed(): void;
}

/** One connection of an app in Socket Mode. */
export class AppSocket {
  readonly #socket: WebSocket;
  readonly #settings: SocketSettings;
  readonly #host: string;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(socket: WebSocket, settings: SocketSettings) {
    this.#socket = socket;
    this.#settings = settings;
    this.#host = `applink-${settings.number}`;
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("ping", (data) => {
      if (!settings.isMute()) socket.pong(data);
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      for (const timer of this.#timers) clearTimeout(timer);
      settings.closed();
    });
  }

  /** Says hello, and from then on pings. */
  greet(): void {
    const { workspace, lifeMs, number } = this.#settings;
    const { pingMs, warningMs } = workspace.timing;
    this.send({
      type: "hello",
      num_connections: number,
      debug_info: {
        host: this.#host,
        build_number: 10,
        approximate_connection_time: Math.round(lifeMs / 1000),
      },
      connection_info: { app_id: workspace.bot.appId },
    });
    const ping = () => {
      if (!this.#settings.isMute()) this.#socket.ping(`Ping from ${this.#host}`);
    };
    this.#timers.push(
      setInterval(ping, pingMs),
      setTimeout(() => this.disconnect("warning"), Math.max(lifeMs - warningMs, 0)),
      setTimeout(() => this.disconnect("refresh_requested"), lifeMs),
    );
  }

  send(message: JsonObject): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  disconnect(reason: DisconnectReason): void {
    this.send({ type: "disconnect", reason, debug_info: { host: this.#host } });
    if (reason !== "warning") this.#socket.close(1000);
  }

  drop(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    const { workspace, acknowledged } = this.#settings;
    const message = parseJson(text);
    if (!isObject(message) || typeof message.envelope_id !== "string") {
      workspace.problems.push({ where: "socket", what: "a message that acknowledges nothing" });
      return;
    }
    const { payload } = message;
    const isEmpty = !isObject(payload) || Object.keys(payload).length === 0;
    acknowledged(message.envelope_id, isEmpty ? null : payload);
  }
}
