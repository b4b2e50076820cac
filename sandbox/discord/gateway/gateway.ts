import type { Server as HttpServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { isObject, type JsonObject, parseJson, textOf } from "../json.ts";
import type { Happening } from "../server/happening.ts";
import { guildPayload, userPayload } from "../server/payloads.ts";
import type { Server } from "../server/server.ts";

/** Intents that decide what a bot is told. */
const GUILD_MESSAGES = 1 << 9;
const MESSAGE_CONTENT = 1 << 15;

interface Session {
  id: string;
  intents: number;
  sequence: number;
  /** What was told, for a connection that comes back. */
  told: { s: number; t: string; d: JsonObject }[];
  socket: WebSocket | null;
}

/** The gateway: greets, identifies, keeps the heartbeat, tells events, and lets a session be resumed. */
export class Gateway {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  readonly #unlisten: () => void;
  #url = "";
  #silent = false;

  constructor(server: Server) {
    this.#server = server;
    this.#unlisten = server.feed.listen((happening) => this.#tellAll(happening));
  }

  /** Takes connections at `/gateway` of the server. */
  attach(http: HttpServer, url: string): void {
    this.#url = url;
    http.on("upgrade", (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#greet(ws));
    });
  }

  get connected(): number {
    return [...this.#sessions.values()].filter((session) => session.socket !== null).length;
  }

  /** Drops every connection, as a network does. `forget`: and lets none be resumed. */
  drop(forget: boolean): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    if (forget) this.#sessions.clear();
  }

  /** Asks every connection to come again, to a session that is kept. */
  askToReconnect(): void {
    for (const socket of this.#sockets.clients) send(socket, { op: 7, d: null });
  }

  close(code: number): void {
    for (const socket of this.#sockets.clients) socket.close(code);
  }

  /** Heartbeats go unanswered, and what happens is kept for who resumes. */
  fallSilent(is: boolean): void {
    this.#silent = is;
  }

  stop(): void {
    this.#unlisten();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #greet(socket: WebSocket): void {
    let session: Session | null = null;
    send(socket, { op: 10, d: { heartbeat_interval: this.#server.timing.heartbeatMs } });
    socket.on("message", (data) => {
      const packet = parseJson(String(data));
      if (!isObject(packet)) return socket.close(4002);
      if (packet.op === 1 && this.#silent) return;
      if (packet.op === 1) return send(socket, { op: 11 });
      if (packet.op === 2) session = this.#identify(socket, isObject(packet.d) ? packet.d : {});
      if (packet.op === 6) session = this.#resume(socket, isObject(packet.d) ? packet.d : {});
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = null;
    });
  }

  #identify(socket: WebSocket, d: JsonObject): Session | null {
    const { bot, guild } = this.#server;
    if (d.token !== this.#server.botToken) {
      socket.close(4004, "Authentication failed.");
      return null;
    }
    const intents = typeof d.intents === "number" ? d.intents : 0;
    const id = `session${this.#sessions.size + 1}-${this.#server.nextId()}`;
    const session: Session = { id, intents, sequence: 0, told: [], socket };
    this.#sessions.set(id, session);
    tell(session, "READY", {
      v: 10,
      user: userPayload(this.#server, bot.id),
      guilds: [{ id: guild.id, unavailable: true }],
      session_id: id,
      session_type: "normal",
      resume_gateway_url: this.#url,
      shard: [0, 1],
      application: { id: bot.applicationId, flags: 0 },
    });
    tell(session, "GUILD_CREATE", guildPayload(this.#server));
    this.#server.feed.tell({ kind: "noted" });
    return session;
  }

  #resume(socket: WebSocket, d: JsonObject): Session | null {
    const session = this.#sessions.get(textOf(d.session_id));
    if (session === undefined || d.token !== this.#server.botToken) {
      send(socket, { op: 9, d: false });
      return null;
    }
    session.socket = socket;
    const seen = typeof d.seq === "number" ? d.seq : 0;
    for (const missed of session.told.filter(({ s }) => s > seen))
      send(socket, { op: 0, ...missed });
    tell(session, "RESUMED", {});
    this.#server.feed.tell({ kind: "noted" });
    return session;
  }

  #tellAll(happening: Happening): void {
    if (happening.kind !== "dispatch") return;
    for (const session of this.#sessions.values()) {
      const data = visible(this.#server, session.intents, happening.event, happening.data);
      if (data !== null) tell(session, happening.event, data, this.#silent);
    }
  }
}

/** Without the intents the bot is not told of messages, or not of what they say. */
function visible(
  server: Server,
  intents: number,
  event: string,
  data: JsonObject,
): JsonObject | null {
  if (!event.startsWith("MESSAGE_")) return data;
  if ((intents & GUILD_MESSAGES) === 0) return null;
  const own = isObject(data.author) && data.author.id === server.bot.id;
  if ((intents & MESSAGE_CONTENT) !== 0 || own) return data;
  return { ...data, content: "", embeds: [], components: [], attachments: [] };
}

function tell(session: Session, event: string, data: JsonObject, silent = false): void {
  session.sequence += 1;
  const packet = { s: session.sequence, t: event, d: data };
  session.told.push(packet);
  if (session.socket !== null && !silent) send(session.socket, { op: 0, ...packet });
}

function send(socket: WebSocket, packet: JsonObject): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(packet));
}
