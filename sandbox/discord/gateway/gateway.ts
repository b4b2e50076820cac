import type { Server as HttpServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { type JsonObject, textOf } from "../../json.ts";
import { keepNewest } from "../../keep-newest.ts";
import { archiveIdle } from "../server/change-thread.ts";
import type { Happening } from "../server/happening.ts";
import { guildPayload, userPayload } from "../server/payloads.ts";
import type { Server } from "../server/server.ts";
import { CLOSED, Connection } from "./connection.ts";
import { sendPacket } from "./send-packet.ts";
import { Session } from "./session.ts";

const MOST_SESSIONS = 20;

/** All intents that there are. */
const KNOWN_INTENTS = (1 << 26) - 1;

/** The gateway: lets bots in, tells events, and lets a session be resumed. */
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
    for (const socket of this.#sockets.clients) sendPacket(socket, { op: 7, d: null });
  }

  /** Says to every connection that its session is over (op 9). */
  invalidate(): void {
    this.#sessions.clear();
    for (const socket of this.#sockets.clients) sendPacket(socket, { op: 9, d: false });
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
    new Connection(socket, {
      heartbeatMs: this.#server.timing.heartbeatMs,
      isSilent: () => this.#silent,
      identify: (d) => this.#identify(socket, d),
      resume: (d) => this.#resume(socket, d),
      forget: (session) => this.#sessions.delete(session.id),
      closed: () => this.#server.feed.tell({ kind: "noted" }),
    });
  }

  #identify(socket: WebSocket, { token, intents }: JsonObject): Session | number {
    const server = this.#server;
    // Whoever identifies too often has its token reset, and must be given another by its owner.
    if (token !== server.botToken || server.starts.used >= server.starts.total)
      return CLOSED.wrongToken;
    if (typeof intents !== "number" || (intents & ~KNOWN_INTENTS) !== 0) return CLOSED.wrongIntents;
    if ((intents & server.refusedIntents) !== 0) return CLOSED.refusedIntents;
    server.starts.used += 1;
    archiveIdle(server);
    const session = new Session(server, { intents, socket });
    this.#sessions.set(session.id, session);
    keepNewest(this.#sessions, MOST_SESSIONS);
    session.tell("READY", this.#ready(session));
    session.tell("GUILD_CREATE", guildPayload(server));
    server.feed.tell({ kind: "noted" });
    return session;
  }

  #ready(session: Session): JsonObject {
    const { bot, guild } = this.#server;
    return {
      v: 10,
      user: userPayload(this.#server, bot.id),
      guilds: [{ id: guild.id, unavailable: true }],
      session_id: session.id,
      session_type: "normal",
      resume_gateway_url: this.#url,
      shard: [0, 1],
      application: { id: bot.applicationId, flags: 0 },
    };
  }

  #resume(socket: WebSocket, d: JsonObject): Session | number | null {
    if (d.token !== this.#server.botToken) return CLOSED.wrongToken;
    const session = this.#sessions.get(textOf(d.session_id));
    if (!session) return null;
    const seen = typeof d.seq === "number" ? d.seq : 0;
    if (seen > session.sequence) return CLOSED.wrongSequence;
    if (!session.replay(socket, seen)) return null;
    session.tell("RESUMED", {});
    this.#server.feed.tell({ kind: "noted" });
    return session;
  }

  #tellAll(happening: Happening): void {
    if (happening.kind !== "dispatch") return;
    for (const session of this.#sessions.values())
      session.tellHappened(happening.event, happening.data, this.#silent);
  }
}
