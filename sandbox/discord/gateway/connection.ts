import type { WebSocket } from "ws";
import { isObject, type Json, type JsonObject, parseJson } from "../../json.ts";
import { sendPacket } from "./send-packet.ts";
import type { Session } from "./session.ts";

const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
/** Presence, voice, members: known, and nothing to a bot that only reads and writes. */
const OTHERS = [3, 4, 8];

/** Discord's codes for why a connection is closed. */
export const CLOSED = {
  unknownOpcode: 4001,
  notReadable: 4002,
  notIdentified: 4003,
  wrongToken: 4004,
  identifiedTwice: 4005,
  wrongSequence: 4007,
  tooFast: 4008,
  timedOut: 4009,
  wrongIntents: 4013,
  refusedIntents: 4014,
} as const;

const MOST_A_MINUTE = 120;

/** A client is given up when it has sent no heartbeat for three times as long, and ten seconds at least. */
const PATIENCE = { beats: 3, leastMs: 10_000 };

interface Door {
  heartbeatMs: number;
  /** Whether heartbeats go unanswered. */
  isSilent(): boolean;
  /** The session, or the code to close with. */
  identify(d: JsonObject): Session | number;
  /** Null: the session cannot be taken up again. */
  resume(d: JsonObject): Session | number | null;
  forget(session: Session): void;
  closed(): void;
}

/** Speaks the gateway's protocol with one client, from HELLO on. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #door: Door;
  #session: Session | null = null;
  #lastBeat = performance.now();
  #minute = { began: performance.now(), packets: 0 };

  constructor(socket: WebSocket, door: Door) {
    this.#socket = socket;
    this.#door = door;
    const watch = setInterval(() => this.#watch(), door.heartbeatMs);
    socket.on("message", (data) => this.#read(String(data)));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearInterval(watch);
      if (this.#session?.socket === socket) this.#session.socket = null;
      door.closed();
    });
    sendPacket(socket, { op: 10, d: { heartbeat_interval: door.heartbeatMs } });
  }

  #read(text: string): void {
    if (performance.now() - this.#minute.began > 60_000)
      this.#minute = { began: performance.now(), packets: 0 };
    this.#minute.packets += 1;
    const packet = parseJson(text);
    if (this.#minute.packets > MOST_A_MINUTE) this.#socket.close(CLOSED.tooFast);
    else if (!isObject(packet)) this.#socket.close(CLOSED.notReadable);
    else this.#take(packet.op, isObject(packet.d) ? packet.d : {});
  }

  #take(op: Json | undefined, d: JsonObject): void {
    switch (op) {
      case HEARTBEAT:
        this.#lastBeat = performance.now();
        if (!this.#door.isSilent()) sendPacket(this.#socket, { op: 11 });
        return;
      case IDENTIFY:
        this.#begin(this.#session ? CLOSED.identifiedTwice : this.#door.identify(d));
        return;
      case RESUME:
        this.#begin(this.#session ? CLOSED.identifiedTwice : this.#door.resume(d));
        return;
      default:
        if (!OTHERS.some((other) => other === op)) this.#socket.close(CLOSED.unknownOpcode);
        else if (!this.#session) this.#socket.close(CLOSED.notIdentified);
    }
  }

  #begin(begun: Session | number | null): void {
    if (begun === null) sendPacket(this.#socket, { op: 9, d: false });
    else if (typeof begun === "number") this.#socket.close(begun);
    else this.#session = begun;
  }

  #watch(): void {
    const patienceMs = Math.max(this.#door.heartbeatMs * PATIENCE.beats, PATIENCE.leastMs);
    if (performance.now() - this.#lastBeat <= patienceMs) return;
    if (this.#session) this.#door.forget(this.#session);
    this.#socket.close(CLOSED.timedOut);
  }
}
