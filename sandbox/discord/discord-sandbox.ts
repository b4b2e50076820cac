import { download, typeOfName } from "../http/download.ts";
import { type Route, serve } from "../http/serve.ts";
import type { JsonObject } from "../json.ts";
import { waitFor } from "../wait-for.ts";
import type { Faults } from "./faults/fault.ts";
import { Gateway } from "./gateway/gateway.ts";
import type { DiscordSandboxOptions } from "./options.ts";
import { pageRoutes } from "./page/page-routes.ts";
import { type Filled, fillModal } from "./people/fill-modal.ts";
import { say, type Typed } from "./people/say.ts";
import {
  type MenuCommand,
  runCommand,
  suggest,
  type TypedCommand,
  useMenuCommand,
} from "./people/use-command.ts";
import { type Choice, type Click, choose, click } from "./people/use-component.ts";
import { answerRequest } from "./rest/answer-request.ts";
import { readCall } from "./rest/exchange.ts";
import { changeThread } from "./server/change-thread.ts";
import { openDirectMessage } from "./server/direct-message.ts";
import type { Modal } from "./server/interaction.ts";
import type { Message } from "./server/message.ts";
import { tellAgain } from "./server/post.ts";
import {
  type Ack,
  type Channel,
  createServerState,
  type Problem,
  type Server,
} from "./server/server.ts";
import { transcript } from "./transcript.ts";

/** A Discord of one's own on the loopback address. */
export interface DiscordSandbox {
  /** Where the page is; `?channel=<id>` chooses the channel, `&user=<id>` who one is. */
  url: string;
  /** For discord.js' `rest.api`: ends in `/api`. */
  apiUrl: string;
  /** `/kpi ...` as a person types it; resolves when it is answered first, or given up. */
  typeCommand(typed: TypedCommand): Promise<void>;
  /** A message as a person posts it in a channel or a thread; its id. */
  postAsUser(typed: Typed): string;
  /** What the bot offers while a command is being typed. */
  suggest(typed: TypedCommand): Promise<readonly JsonObject[]>;
  /** Chooses a command in the menu of a message or of a person; throws when there is none. */
  useMenuCommand(used: MenuCommand): Promise<void>;
  /** Throws when the message has no button of that label. */
  click(on: Click): Promise<void>;
  /** Throws when the message has no such menu, or the menu no such values. */
  choose(choice: Choice): Promise<void>;
  /** The modal that a person has before them. */
  modal(user: string): Modal | undefined;
  /** Sends that modal; throws when there is none, or its inputs do not take what is in them. */
  submitModal(filled: Filled): Promise<void>;
  /** Everything in a channel or thread by time, what only one person sees too. */
  messages(channel: string): readonly Message[];
  /** What the bot and a person wrote to each other alone. */
  directMessages(user: string): readonly Message[];
  /** The threads of a channel. */
  threads(channel: string): readonly Channel[];
  /** Archives a thread, as people do, or time; `locked`: only who manages threads opens it again. */
  archiveThread(thread: string, locked?: boolean): void;
  /** What the bot sent that Discord does not know or would refuse; empty is what a test wants. */
  problems(): readonly Problem[];
  acks(): readonly Ack[];
  /** What the bot has declared. */
  commands(): readonly JsonObject[];
  transcript(channel: string): string;
  /** How many connections of bots are up. */
  connected(): number;
  /** Drops every gateway connection. `forget`: and refuses to resume them. */
  dropConnections(forget: boolean): void;
  /** Asks every connection to come again and resume (op 7). */
  askToReconnect(): void;
  /** Closes every connection with one of Discord's codes: 4000, 4014, ... */
  closeConnections(code: number): void;
  /** Tells every connection that its session is over and cannot be resumed (op 9). */
  invalidateSessions(): void;
  /** While it is silent the gateway answers no heartbeat and tells nothing. */
  fallSilent(is: boolean): void;
  /** What is to go wrong: `faults.next("create_message", { kind: "reset", afterEffect: true })`. */
  readonly faults: Omit<Faults, "take">;
  /** Tells of a message once more, as happens around a resumed connection. */
  tellAgain(message: string): void;
  /** Looks again after everything that happens, until there is something; throws after the time, in ms. */
  waitFor<T>(look: () => T | null | undefined | false, withinMs?: number): Promise<T>;
  stop(): Promise<void>;
}

export async function startDiscordSandbox(options: DiscordSandboxOptions): Promise<DiscordSandbox> {
  const server = createServerState(options);
  const gateway = new Gateway(server);
  // The routes need the address, which is known once they are served.
  const address = { origin: "" };
  const serving = await serve(options.port ?? 0, [
    apiRoute(server, () => address.origin),
    attachmentRoute(server),
    ...pageRoutes(server, () => address.origin),
  ]);
  address.origin = serving.origin;
  gateway.attach(serving.server, `${serving.origin.replace(/^http/, "ws")}/gateway`);
  return face(server, gateway, serving.origin, async () => {
    gateway.stop();
    await serving.stop();
  });
}

function apiRoute(server: Server, origin: () => string): Route {
  return async (request) =>
    request.url.pathname.startsWith("/api/")
      ? answerRequest(server, origin(), await readCall(request))
      : null;
}

function attachmentRoute(server: Server): Route {
  return ({ url }) => {
    const id = /^\/attachments\/(\d+)\//.exec(url.pathname)?.[1];
    const attachment = id === undefined ? undefined : server.messages.attachment(id);
    if (!attachment) return null;
    const { filename, bytes } = attachment;
    if (typeOfName(filename) !== "image/png") return download(filename, bytes);
    return { kind: "body", status: 200, type: "image/png", body: bytes };
  };
}

function archive(server: Server, id: string, locked: boolean): void {
  const thread = server.channels.get(id);
  if (!thread?.parent) throw new Error(`no thread ${id}`);
  changeThread(server, thread, { archived: true, locked });
}

function face(
  server: Server,
  gateway: Gateway,
  origin: string,
  stop: () => Promise<void>,
): DiscordSandbox {
  return {
    url: `${origin}/`,
    apiUrl: `${origin}/api`,
    ...whatPeopleDo(server, origin),
    ...whatStandsThere(server),
    ...whatBreaks(gateway),
    faults: server.faults,
    tellAgain: (message) => tellAgain(server, origin, message),
    waitFor: (look, withinMs = 5_000) => waitFor(server.feed, look, withinMs),
    stop,
  };
}

function whatPeopleDo(server: Server, origin: string) {
  return {
    typeCommand: async (typed: TypedCommand) => {
      await runCommand(server, typed);
    },
    postAsUser: (typed: Typed) => say(server, origin, typed),
    suggest: (typed: TypedCommand) => suggest(server, typed),
    useMenuCommand: (used: MenuCommand) => useMenuCommand(server, origin, used),
    click: (on: Click) => click(server, origin, on),
    choose: async (choice: Choice) => {
      const chosen = choose(server, origin, choice);
      if (!chosen) throw new Error(`nothing to choose: ${choice.values} in ${choice.menu}`);
      await chosen;
    },
    submitModal: (filled: Filled) => fillModal(server, origin, filled),
    archiveThread: (thread: string, locked = false) => archive(server, thread, locked),
  };
}

function whatStandsThere(server: Server) {
  return {
    messages: (channel: string) => server.messages.in(channel),
    directMessages: (user: string) => server.messages.in(openDirectMessage(server, user).id),
    threads: (channel: string) =>
      [...server.channels.values()].filter(({ parent }) => parent === channel),
    modal: (user: string) => server.modals.get(user),
    problems: () => server.problems,
    acks: () => server.acks,
    commands: () => server.commands,
    transcript: (channel: string) => transcript(server, channel),
  };
}

function whatBreaks(gateway: Gateway) {
  return {
    connected: () => gateway.connected,
    dropConnections: (forget: boolean) => gateway.drop(forget),
    askToReconnect: () => gateway.askToReconnect(),
    closeConnections: (code: number) => gateway.close(code),
    invalidateSessions: () => gateway.invalidate(),
    fallSilent: (is: boolean) => gateway.fallSilent(is),
  };
}
