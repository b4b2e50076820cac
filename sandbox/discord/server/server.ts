import { Feed } from "../../feed.ts";
import type { JsonObject } from "../../json.ts";
import { PlannedFaults } from "../../planned-faults.ts";
import type { Faults } from "../faults/fault.ts";
import {
  DEFAULT_BOT,
  DEFAULT_GUILD,
  DEFAULT_RATES,
  DEFAULT_TIMING,
  type DiscordSandboxOptions,
  type Timing,
  type UserOptions,
} from "../options.ts";
import type { Happening } from "./happening.ts";
import type { Interaction, Modal } from "./interaction.ts";
import { MessageStore } from "./message-store.ts";
import type { Permission } from "./permission.ts";
import { Rates } from "./rates.ts";
import { snowflakes } from "./snowflakes.ts";

export interface Channel {
  id: string;
  name: string;
  /** Set on a thread; a thread has the id of the message that it was started from. */
  parent: string | null;
  /** Of a direct message with the bot: who it is with. */
  recipient: string | null;
  topic: string;
  /** Of threads only. */
  archived: boolean;
  /** A locked thread is taken out of the archive only by who may manage threads. */
  locked: boolean;
  archiveAfterMinutes: number;
  /** When something was last said there. */
  activeAt: Date;
  /** What the bot may not do there. */
  denied: readonly Permission[];
}

/** Something the bot sent that Discord does not know or would not have taken. */
export interface Problem {
  /** The route, with its method. */
  where: string;
  what: string;
}

/** How the bot took one interaction. `ms` is until its first answer, or until it was given up. */
export interface Ack {
  kind: Interaction["kind"];
  outcome: "acknowledged" | "timeout";
  ms: number;
}

/** Everything there is while the sandbox runs. Nothing of it outlives the process. */
export interface Server {
  readonly guild: { id: string; name: string };
  readonly bot: { id: string; name: string; applicationId: string };
  readonly botToken: string;
  readonly timing: Timing;
  /** What the page offers to type. */
  readonly examples: readonly string[];
  readonly users: ReadonlyMap<string, UserOptions>;
  readonly channels: Map<string, Channel>;
  readonly messages: MessageStore;
  /** By their tokens. */
  readonly interactions: Map<string, Interaction>;
  /** By whom they are shown to. */
  readonly modals: Map<string, Modal>;
  readonly nonces: Map<string, { message: string; until: number }>;
  readonly commands: JsonObject[];
  readonly problems: Problem[];
  readonly acks: Ack[];
  readonly faults: Faults;
  readonly rates: Rates;
  readonly refusedIntents: number;
  /** How often the bot has identified itself, of how often it may in a day. */
  readonly starts: { readonly total: number; used: number };
  readonly feed: Feed<Happening>;
  now(): Date;
  nextId(): string;
}

export function createServerState(options: DiscordSandboxOptions): Server {
  const bot = options.bot ?? DEFAULT_BOT;
  const people = [...options.users, { id: bot.id, name: bot.name, bot: true }];
  const feed = new Feed<Happening>();
  const channels = options.channels.map((channel) => ({
    ...channel,
    parent: null,
    recipient: null,
    topic: channel.topic ?? "",
    archived: false,
    locked: false,
    archiveAfterMinutes: 0,
    activeAt: options.now(),
    denied: channel.denied ?? [],
  }));
  return {
    guild: options.guild ?? DEFAULT_GUILD,
    bot,
    botToken: options.botToken,
    examples: options.examples ?? [],
    timing: { ...DEFAULT_TIMING, ...options.timing },
    users: new Map(people.map((user) => [user.id, user])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    messages: new MessageStore(),
    interactions: new Map(),
    modals: new Map(),
    nonces: new Map(),
    commands: [],
    problems: [],
    acks: [],
    faults: new PlannedFaults(() => feed.tell({ kind: "noted" })),
    starts: { total: options.mostStarts ?? 1_000, used: 0 },
    refusedIntents: options.refusedIntents ?? 0,
    rates: new Rates({ ...DEFAULT_RATES, ...options.rates }),
    feed,
    now: options.now,
    nextId: snowflakes(options.now),
  };
}
