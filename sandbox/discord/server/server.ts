import { Feed } from "../../feed.ts";
import { PlannedFaults } from "../../planned-faults.ts";
import type { Faults } from "../faults/fault.ts";
import type { JsonObject } from "../json.ts";
import {
  DEFAULT_BOT,
  DEFAULT_GUILD,
  DEFAULT_TIMING,
  type DiscordSandboxOptions,
  type Timing,
  type UserOptions,
} from "../options.ts";
import type { Happening } from "./happening.ts";
import type { Message } from "./message.ts";
import { snowflakes } from "./snowflakes.ts";

export interface Channel {
  id: string;
  name: string;
  /** Set on a thread; a thread has the id of the message that it was started from. */
  parent: string | null;
  archived: boolean;
}

export interface Interaction {
  id: string;
  token: string;
  user: string;
  channel: string;
  createdAt: number;
  /** The first answer, which may stand for itself or for "is thinking". */
  original: string | null;
  acknowledged: boolean;
}

/** Something the bot sent that Discord does not know or would not have taken. */
export interface Problem {
  /** The route, with its method. */
  where: string;
  what: string;
}

/** How the bot took one interaction. `ms` is until its first answer, or until it was given up. */
export interface Ack {
  kind: "command" | "click";
  outcome: "acknowledged" | "timeout";
  ms: number;
}

/** Everything there is while the sandbox runs. Nothing of it outlives the process. */
export interface Server {
  readonly guild: { id: string; name: string };
  readonly bot: { id: string; name: string; applicationId: string };
  readonly botToken: string;
  readonly timing: Timing;
  readonly users: ReadonlyMap<string, UserOptions>;
  readonly channels: Map<string, Channel>;
  /** By id, in the order of posting. */
  readonly messages: Map<string, Message>;
  readonly interactions: Map<string, Interaction>;
  readonly nonces: Map<string, { message: string; until: number }>;
  readonly commands: JsonObject[];
  readonly problems: Problem[];
  readonly acks: Ack[];
  readonly faults: Faults;
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
    archived: false,
  }));
  return {
    guild: options.guild ?? DEFAULT_GUILD,
    bot,
    botToken: options.botToken,
    timing: { ...DEFAULT_TIMING, ...options.timing },
    users: new Map(people.map((user) => [user.id, user])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    messages: new Map(),
    interactions: new Map(),
    nonces: new Map(),
    commands: [],
    problems: [],
    acks: [],
    faults: new PlannedFaults(() => feed.tell({ kind: "noted" })),
    feed,
    now: options.now,
    nextId: snowflakes(options.now),
  };
}
