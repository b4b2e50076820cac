import { serve } from "../http/serve.ts";
import type { JsonObject } from "../json.ts";
import { waitFor } from "../wait-for.ts";
import { BotConnection } from "./deliver/bot-connection.ts";
import type { Click } from "./deliver/interaction.ts";
import type { UsedShortcut } from "./deliver/shortcut.ts";
import type { Typing } from "./deliver/suggest.ts";
import type { Faults } from "./faults/fault.ts";
import { faultRoute } from "./faults/fault-routes.ts";
import { faultyRoute } from "./faults/faulty-route.ts";
import { apiRoute } from "./http/api-route.ts";
import { downloadRoute, uploadRoute } from "./http/file-routes.ts";
import { respondRoute } from "./http/respond-route.ts";
import type { SlackSandboxOptions } from "./options.ts";
import { pageRoutes } from "./page/page-routes.ts";
import {
  joinChannel,
  refusalFor,
  runCommand,
  say,
  shareChannel,
  writingRefusalFor,
} from "./people.ts";
import { type AppHome, appHomeOf } from "./people-at-home.ts";
import { type Modals, modalsOf } from "./people-in-views.ts";
import type { SocketHub } from "./socket/socket-hub.ts";
import { transcript } from "./transcript/transcript.ts";
import type { StoredFile } from "./workspace/file-store.ts";
import type { Message } from "./workspace/message.ts";
import type { View } from "./workspace/view-store.ts";
import {
  type Ack,
  type Channel,
  createWorkspace,
  type Problem,
  type User,
  type Workspace,
} from "./workspace/workspace.ts";

export interface SandboxState {
  channels: readonly Channel[];
  users: readonly User[];
  files: readonly StoredFile[];
  views: readonly View[];
  acks: readonly Ack[];
  problems: readonly Problem[];
}

export type Sockets = Pick<SocketHub, "size" | "disconnect" | "drop" | "deafen">;

/** What a person does there, from a test. */
interface DoneByPeople {
  /** `/kpi ...` as a person types it; resolves when it is acknowledged or its failure is shown. */
  typeCommand(typed: {
    channel: string;
    user: string;
    text: string;
    thread?: string;
  }): Promise<void>;
  /** A message as a person posts it, `@name` made a mention; its ts. */
  postAsUser(typed: { channel: string; user: string; text: string; thread_ts?: string }): string;
  /** Shares the channel with another organisation, or ends that, of which Slack tells no app here. */
  share(channel: string, isShared?: boolean): void;
  /** A person joins a channel, or leaves it. */
  join(channel: string, user: string, isIn?: boolean): void;
  /** Throws when the message has nothing of that name to click. */
  click(click: Click): Promise<void>;
  /** Chooses a message shortcut; throws when there is none of that name, or no such message. */
  useShortcut(used: UsedShortcut): Promise<void>;
  /** What the bot offers for what is typed in an external menu; null when it offers nothing. */
  suggest(typing: Typing): Promise<readonly JsonObject[] | null>;
  readonly modals: Modals;
  readonly appHome: AppHome;
}

/** What can be looked at. */
interface Standing {
  state(): SandboxState;
  /** Everything in a channel by time: replies and what only one person sees too. */
  messages(channel: string): readonly Message[];
  /** What the bot sent that Slack does not know or would refuse; empty is what a test wants. */
  problems(): readonly Problem[];
  acks(): readonly Ack[];
  transcript(channel: string): string;
}

/** A Slack of one's own on the loopback address. */
export interface SlackSandbox extends DoneByPeople, Standing {
  /** Where the page is. */
  url: string;
  /** For `slackApiUrl`: ends in `/api/`. */
  apiUrl: string;
  /** Verifies the bot's address with a challenge, then delivers to it; throws when it is refused. */
  connect(requestUrl: string): Promise<void>;
  /** Socket Mode, which an app is connected by as soon as it has opened a socket. */
  readonly sockets: Sockets;
  /** What is to go wrong: `faults.next("chat.postMessage", { kind: "reset", afterEffect: true })`. */
  readonly faults: Omit<Faults, "take">;
  /** Looks again after everything that happens, until there is something; throws after the time, in ms. */
  waitFor<T>(look: () => T | null | undefined | false, withinMs?: number): Promise<T>;
  /** Tells every event so far, the last thousand, once more under the id it had: Slack's "Delayed Events". */
  replayEvents(): Promise<void>;
  /** Resolves when nothing is on its way to the bot. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSlackSandbox(options: SlackSandboxOptions): Promise<SlackSandbox> {
  const workspace = createWorkspace(options);
  // The routes need the address, which is known once they are served.
  const address = { origin: "" };
  const settings = {
    workspace,
    signingSecret: options.signingSecret,
    signedAt: options.signedAt ?? (() => new Date()),
    get origin() {
      return address.origin;
    },
  };
  const bot = new BotConnection(settings);
  const page = pageRoutes(bot);
  const tokens = { botToken: options.botToken, appToken: options.appToken ?? null };
  const serving = await serve(options.port ?? 0, [
    faultyRoute(workspace.faults, [
      apiRoute(() => ({ workspace, ...tokens, origin: address.origin })),
      uploadRoute(workspace),
      respondRoute(workspace),
    ]),
    downloadRoute(workspace),
    faultRoute(workspace.faults),
    ...page,
  ]);
  address.origin = serving.origin;
  bot.attach(serving.server);
  return face(bot, serving.origin, async () => {
    await bot.stop();
    await serving.stop();
  });
}

function face(bot: BotConnection, origin: string, stop: () => Promise<void>): SlackSandbox {
  const { workspace } = bot;
  return {
    url: `${origin}/`,
    apiUrl: `${origin}/api/`,
    connect: (requestUrl) => bot.connect(requestUrl),
    sockets: bot.sockets,
    faults: workspace.faults,
    ...whatPeopleDo(bot),
    ...whatStandsThere(workspace),
    waitFor: (look, withinMs = 5000) => waitFor(workspace.feed, look, withinMs),
    replayEvents: () => bot.replayEvents(),
    settled: () => bot.settled(),
    stop,
  };
}

function whatPeopleDo(bot: BotConnection): DoneByPeople {
  const { workspace } = bot;
  const allow = (refused: string | null) => {
    if (refused) throw new Error(refused);
  };
  return {
    async typeCommand({ thread, ...typed }) {
      allow(writingRefusalFor(workspace, typed));
      await runCommand(bot, { ...typed, thread: thread ?? null });
    },
    postAsUser({ thread_ts, ...typed }) {
      allow(writingRefusalFor(workspace, typed));
      return say(workspace, { ...typed, thread: thread_ts ?? null });
    },
    share: (channel, isShared = true) => shareChannel(workspace, channel, isShared),
    join: (channel, user, isIn = true) => joinChannel(workspace, { channel, user }, isIn),
    async click(click) {
      allow(refusalFor(workspace, click));
      if (!(await bot.click(click)))
        throw new Error(`nothing to click: ${click.actionId} on ${click.message}`);
    },
    async useShortcut(used) {
      allow(refusalFor(workspace, used));
      if (!(await bot.shortcut(used))) throw new Error(`no shortcut ${used.callbackId}`);
    },
    suggest: (typing) => bot.suggest(typing),
    modals: modalsOf(bot),
    appHome: appHomeOf(bot),
  };
}

function whatStandsThere(workspace: Workspace): Standing {
  return {
    state: () => ({
      channels: [...workspace.channels.values()],
      users: [...workspace.users.values()],
      files: workspace.files.all(),
      views: workspace.views.all(),
      acks: workspace.acks,
      problems: workspace.problems,
    }),
    messages: (channel) => workspace.messages.all(channel),
    problems: () => workspace.problems,
    acks: () => workspace.acks,
    transcript: (channel) => transcript(workspace, channel),
  };
}
