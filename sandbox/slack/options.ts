/** What a sandbox is started with: the people, the channels, the app, and how slow Slack is. */

export interface ChannelOptions {
  /** `C...`, or `G...` for an old private channel. */
  id: string;
  name: string;
  /** User ids; everybody when absent. The bot is separate. */
  members?: readonly string[];
  /** Whether the bot has been invited; it has when absent. */
  botIsMember?: boolean;
  private?: boolean;
  archived?: boolean;
  /** Shared with another organisation through Slack Connect. */
  external?: boolean;
  /** An invitation to another organisation is under way. */
  pendingExternal?: boolean;
  /** What it is for, as its people have written; shown where nothing has been said yet. */
  purpose?: string;
  /** Marked on the page as a channel of the leadership; Slack itself knows no such thing. */
  leadership?: boolean;
}

export interface UserOptions {
  id: string;
  /** The handle, as in `@ana`. */
  name: string;
  realName?: string;
  guest?: "multi_channel" | "single_channel";
  /** Of another organisation. */
  stranger?: boolean;
  deleted?: boolean;
  bot?: boolean;
}

export interface BotOptions {
  name: string;
  userId: string;
  botId: string;
  appId: string;
}

/** A message shortcut of the app: an entry in the menu of every message. */
export interface ShortcutOptions {
  callbackId: string;
  name: string;
}

export interface Timing {
  /** How long a request to the bot may stay unacknowledged. */
  ackMs: number;
  /** The waits before each retry of an event. Slack's are 0, 60,000 and 300,000. */
  retryDelaysMs: readonly number[];
  /** How many times a fresh file is looked at (files.info, or a post that names it) before it is ready. */
  looksBeforeFileReady: number;
  triggerMs: number;
  responseUrlMs: number;
  /** For how long the address of a socket is good. */
  ticketMs: number;
  /** Between two pings over a socket. */
  pingMs: number;
  /** How long a socket lives, and how long before its end it is warned. */
  connectionMs: number;
  warningMs: number;
}

export interface SlackSandboxOptions {
  /** A free one when absent. */
  port?: number;
  signingSecret: string;
  botToken: string;
  /** `xapp-...`, for Socket Mode; without one the app has none. */
  appToken?: string;
  channels: readonly ChannelOptions[];
  users: readonly UserOptions[];
  /** The workspace's clock: the time of messages, and of what expires. */
  now: () => Date;
  /**
   * The clock that signs requests. The bot holds it against its machine's clock, whatever time the
   * workspace plays, so the machine's is the default.
   */
  signedAt?: () => Date;
  bot?: Partial<BotOptions>;
  /** Scopes that were granted; all when absent. */
  scopes?: readonly string[];
  /** Slash commands of the app; `/kpi` when absent. */
  commands?: readonly string[];
  /** Event subscriptions, `message.channels` and so on; all when absent. */
  events?: readonly string[];
  shortcuts?: readonly ShortcutOptions[];
  /** `app_home.messages_tab_enabled`: without it nobody can write to the app. On when absent. */
  messagesTab?: boolean;
  homeTab?: boolean;
  timing?: Partial<Timing>;
  /** What the page offers a newcomer to type; nothing when absent. */
  examples?: readonly string[];
  /** The IANA zone in which the page and transcripts show times; UTC when absent. */
  timeZone?: string;
}

export const DEFAULT_BOT: BotOptions = {
  name: "Throughline",
  userId: "U0BOT",
  botId: "B0BOT",
  appId: "A0APP",
};

export const DEFAULT_TIMING: Timing = {
  ackMs: 3000,
  retryDelaysMs: [0, 250, 1000],
  looksBeforeFileReady: 1,
  triggerMs: 3000,
  responseUrlMs: 30 * 60_000,
  ticketMs: 30_000,
  pingMs: 10_000,
  connectionMs: 18_060_000,
  warningMs: 10_000,
};
