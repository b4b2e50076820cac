import { Feed } from "../../feed.ts";
import type { JsonObject } from "../../json.ts";
import { PlannedFaults } from "../../planned-faults.ts";
import { type OptionOf, staticOption } from "../blocks/element-state.ts";
import type { Faults } from "../faults/fault.ts";
import {
  type BotOptions,
  type ChannelOptions,
  DEFAULT_BOT,
  DEFAULT_TIMING,
  type ShortcutOptions,
  type SlackSandboxOptions,
  type Timing,
  type UserOptions,
} from "../options.ts";
import { FileStore } from "./file-store.ts";
import { Grants } from "./grants.ts";
import type { Happening } from "./happening.ts";
import { MessageStore } from "./message-store.ts";
import { timestamps } from "./timestamp.ts";
import { ViewStore } from "./view-store.ts";

export interface Channel {
  id: string;
  name: string;
  kind: "channel" | "group" | "im";
  members: ReadonlySet<string>;
  botIsMember: boolean;
  archived: boolean;
  external: boolean;
  pendingExternal: boolean;
  leadership: boolean;
  purpose: string;
  createdAt: Date;
}

export type User = Required<Omit<UserOptions, "guest">> & {
  guest: NonNullable<UserOptions["guest"]> | null;
};

/** Something the bot sent that Slack does not know or would not have taken. */
export interface Problem {
  /** The method, delivery or address it was seen at. */
  where: string;
  what: string;
}

/** How the bot took one request. `ms` is until the answer, or until it was given up. */
export interface Ack {
  kind: "command" | "event" | "interaction";
  /** How often it had been sent before: 0 the first time. */
  attempt: number;
  outcome: "acknowledged" | "timeout" | "unreachable" | "refused";
  ms: number;
}

/** Everything there is while the sandbox runs. Nothing of it outlives the process. */
export interface Workspace {
  readonly team: { id: string; name: string; domain: string };
  readonly bot: BotOptions;
  readonly scopes: ReadonlySet<string> | null;
  readonly timing: Timing;
  readonly timeZone: string;
  readonly commands: ReadonlySet<string>;
  readonly channels: Map<string, Channel>;
  readonly users: ReadonlyMap<string, User>;
  readonly messages: MessageStore;
  readonly files: FileStore;
  readonly grants: Grants;
  readonly views: ViewStore;
  /** Whether people may write to the app, and whether it has a Home tab. */
  readonly messagesTab: boolean;
  readonly homeTab: boolean;
  /** Events that the app subscribed to; all when null. */
  readonly events: ReadonlySet<string> | null;
  readonly shortcuts: readonly ShortcutOptions[];
  /** What the page offers to type. */
  readonly examples: readonly string[];
  readonly problems: Problem[];
  readonly acks: Ack[];
  readonly faults: Faults;
  /** Options that the bot has offered for external menus, by value. */
  readonly suggested: Map<string, JsonObject>;
  readonly optionOf: OptionOf;
  readonly feed: Feed<Happening>;
  now(): Date;
  nextTs(): string;
}

export function createWorkspace(options: SlackSandboxOptions): Workspace {
  const users = new Map(options.users.map((user) => [user.id, asUser(user)]));
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const feed = new Feed<Happening>();
  const suggested = new Map<string, JsonObject>();
  const channels = options.channels.map((channel) => asChannel(channel, users, options.now()));
  return {
    team: { id: "T0SANDBOX", name: "Sandbox", domain: "sandbox" },
    bot: { ...DEFAULT_BOT, ...options.bot },
    scopes: options.scopes ? new Set(options.scopes) : null,
    timing,
    timeZone: options.timeZone ?? "UTC",
    commands: new Set(options.commands ?? ["/kpi"]),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    users,
    messages: new MessageStore(),
    files: new FileStore(timing.looksBeforeFileReady),
    grants: new Grants(),
    views: new ViewStore(),
    messagesTab: options.messagesTab ?? true,
    homeTab: options.homeTab ?? true,
    events: options.events ? new Set(options.events) : null,
    shortcuts: options.shortcuts ?? [],
    examples: options.examples ?? [],
    problems: [],
    acks: [],
    suggested,
    optionOf: (element, value) => staticOption(element, value) ?? suggested.get(value) ?? null,
    faults: new PlannedFaults(() => feed.tell({ kind: "noted" })),
    feed,
    now: options.now,
    nextTs: timestamps(options.now),
  };
}

function asUser(user: UserOptions): User {
  return {
    realName: user.name,
    stranger: false,
    deleted: false,
    bot: false,
    ...user,
    guest: user.guest ?? null,
  };
}

function asChannel(
  channel: ChannelOptions,
  users: ReadonlyMap<string, User>,
  createdAt: Date,
): Channel {
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.private ? "group" : "channel",
    members: new Set(channel.members ?? users.keys()),
    botIsMember: channel.botIsMember ?? true,
    archived: channel.archived ?? false,
    external: channel.external ?? false,
    pendingExternal: channel.pendingExternal ?? false,
    leadership: channel.leadership ?? false,
    purpose: channel.purpose ?? "",
    createdAt,
  };
}
