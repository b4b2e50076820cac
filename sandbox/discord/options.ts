/** What a sandbox is started with: one server, its people and channels, and the bot. */
import type { Permission } from "./server/permission.ts";
import type { Rate } from "./server/rates.ts";

export interface ChannelOptions {
  /** A snowflake: digits only. */
  id: string;
  name: string;
  /** What it is for; shown where nothing has been said yet. */
  topic?: string;
  /** What the bot may not do there; it may everything when absent. */
  denied?: readonly Permission[];
}

export interface UserOptions {
  id: string;
  name: string;
  /** False: known to Discord, in no server of the bot's. */
  member?: boolean;
  bot?: boolean;
  /** Takes no direct messages. */
  isClosed?: boolean;
}

export interface Timing {
  /** How long an interaction may stay unanswered. Discord's is 3,000. */
  ackMs: number;
  /** How long an interaction's token is good. Discord's is 15 minutes. */
  tokenMs: number;
  /** For how long a nonce is remembered. Discord says "the past few minutes". */
  nonceMs: number;
  heartbeatMs: number;
}

export interface DiscordSandboxOptions {
  /** A free one when absent. */
  port?: number;
  botToken: string;
  guild?: { id: string; name: string };
  channels: readonly ChannelOptions[];
  users: readonly UserOptions[];
  /** The server's clock: the time in every id, and of what expires. */
  now: () => Date;
  bot?: { id: string; name: string; applicationId: string };
  timing?: Partial<Timing>;
  /** What the page offers a newcomer to type; nothing when absent. */
  examples?: readonly string[];
  rates?: Partial<typeof DEFAULT_RATES>;
  /** Intents, as bits, that the bot was not given in the developer portal; none when absent. */
  refusedIntents?: number;
  /** How often the bot may identify itself; 1,000 when absent. */
  mostStarts?: number;
}

export const DEFAULT_GUILD = { id: "1000000000000000001", name: "Sandbox" };
export const DEFAULT_BOT = {
  id: "1000000000000000002",
  name: "Throughline",
  applicationId: "1000000000000000003",
};
export const DEFAULT_TIMING: Timing = {
  ackMs: 3_000,
  tokenMs: 15 * 60_000,
  nonceMs: 3 * 60_000,
  heartbeatMs: 41_250,
};
/** Discord's rates of single routes are its secret; these are its global one, for each. */
export const DEFAULT_RATES: Readonly<Record<"route" | "global", Rate>> = {
  route: { calls: 50, ms: 1_000 },
  global: { calls: 50, ms: 1_000 },
};
