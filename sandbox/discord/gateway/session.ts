import type { WebSocket } from "ws";
import { isObject, type JsonObject } from "../../json.ts";
import { keepNewest } from "../../keep-newest.ts";
import { botMay } from "../server/permissions.ts";
import type { Server } from "../server/server.ts";
import { sendPacket } from "./send-packet.ts";

/** Intents that decide what a bot is told. */
const GUILD_MESSAGES = 1 << 9;
const DIRECT_MESSAGES = 1 << 12;
const MESSAGE_CONTENT = 1 << 15;

/** So much is kept for a connection that comes back; who has missed more begins anew. */
const MOST_KEPT = 1_000;

/** What a bot is told from its identification on, over one connection after the other. */
export class Session {
  readonly id: string;
  readonly #server: Server;
  readonly #intents: number;
  readonly #told: { s: number; t: string; d: JsonObject }[] = [];
  #sequence = 0;
  socket: WebSocket | null;

  constructor(server: Server, identified: { intents: number; socket: WebSocket }) {
    this.id = `session-${server.nextId()}`;
    this.#server = server;
    this.#intents = identified.intents;
    this.socket = identified.socket;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** `silent`: only kept, for who resumes. */
  tell(event: string, data: JsonObject, silent = false): void {
    this.#sequence += 1;
    const packet = { s: this.#sequence, t: event, d: data };
    this.#told.push(packet);
    keepNewest(this.#told, MOST_KEPT);
    if (this.socket !== null && !silent) sendPacket(this.socket, { op: 0, ...packet });
  }

  /** Tells of what happened, as far as the bot may know it. */
  tellHappened(event: string, data: JsonObject, silent: boolean): void {
    const shown = this.#visible(event, data);
    if (shown !== null) this.tell(event, shown, silent);
  }

  /** Everything after a number once more; false when that is not kept any more. */
  replay(socket: WebSocket, seen: number): boolean {
    const first = this.#told[0]?.s ?? this.#sequence + 1;
    if (seen < first - 1) return false;
    this.socket = socket;
    for (const missed of this.#told.filter(({ s }) => s > seen))
      sendPacket(socket, { op: 0, ...missed });
    return true;
  }

  /** Without the intents the bot is not told of messages, or not of what they say. */
  #visible(event: string, data: JsonObject): JsonObject | null {
    const isMessage = event.startsWith("MESSAGE_");
    const place = isMessage ? data.channel_id : event.startsWith("THREAD_") ? data.id : null;
    if (typeof place === "string" && !botMay(this.#server, place, "ViewChannel")) return null;
    if (!isMessage) return data;
    const isDirect = data.guild_id === undefined;
    if ((this.#intents & (isDirect ? DIRECT_MESSAGES : GUILD_MESSAGES)) === 0) return null;
    const isOwn = isObject(data.author) && data.author.id === this.#server.bot.id;
    if ((this.#intents & MESSAGE_CONTENT) !== 0 || isOwn || isDirect) return data;
    return { ...data, content: "", embeds: [], components: [], attachments: [] };
  }
}
