import type { Server } from "node:http";
import type { JsonObject } from "../../json.ts";
import { keepNewest } from "../../keep-newest.ts";
import { sendWithFault } from "../faults/faulty-delivery.ts";
import { SocketHub } from "../socket/socket-hub.ts";
import type { View } from "../workspace/view-store.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { deliverCommand, type TypedCommand, tellAlone } from "./command.ts";
import type { BotAnswer, BotLine, Delivery } from "./delivery.ts";
import { deliverEvent, eventDelivery, eventsOf, isSubscribed } from "./event.ts";
import { type Click, deliverClick } from "./interaction.ts";
import { type HttpWay, postToBot } from "./post-to-bot.ts";
import { deliverShortcut, type UsedShortcut } from "./shortcut.ts";
import { deliverSuggestion, type Typing } from "./suggest.ts";
import { verifyUrl } from "./verify-url.ts";
import {
  deliverClose,
  deliverSubmission,
  deliverViewClick,
  type EnteredValues,
  type Submitted,
  type ViewClick,
} from "./view-interaction.ts";

/** So many events can be told once more, and so many acknowledgements are remembered. */
const MOST_TOLD = 1_000;
const MOST_ACKS = 20_000;

interface ConnectionSettings {
  workspace: Workspace;
  signingSecret: string;
  signedAt: () => Date;
  /** Known only once the sandbox is served. */
  readonly origin: string;
}

/**
 * The way to the bot: none until it is connected, then everything of its workspace goes there. An
 * app that opens a socket has turned Socket Mode on: from then on nothing goes to its address.
 */
export class BotConnection {
  readonly sockets: SocketHub;
  readonly #settings: ConnectionSettings;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #unlisten: () => void;
  readonly #line: BotLine;
  readonly #told: Delivery[] = [];
  #way: { kind: "none" | "socket" } | { kind: "http"; http: HttpWay } = { kind: "none" };

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    const { workspace } = settings;
    this.sockets = new SocketHub(workspace, () => {
      this.#way = { kind: "socket" };
    });
    this.#line = {
      workspace,
      stopped: this.#stop.signal,
      get origin() {
        return settings.origin;
      },
      request: (delivery) => this.#request(delivery),
    };
    this.#unlisten = workspace.feed.listen((happening) => {
      if (!this.isConnected) return;
      for (const event of eventsOf(workspace, happening)) this.tell(event);
    });
  }

  get workspace(): Workspace {
    return this.#settings.workspace;
  }

  get isConnected(): boolean {
    return this.#way.kind !== "none";
  }

  /** Takes sockets at the sandbox's own address. */
  attach(server: Server): void {
    this.sockets.attach(server);
  }

  /** Verifies the address as Slack does; throws with Slack's reason when it is not taken. */
  async connect(requestUrl: string): Promise<void> {
    const { signingSecret, signedAt } = this.#settings;
    const http = { requestUrl, signingSecret, signedAt };
    const refused = await verifyUrl(http, this.#stop.signal);
    if (refused) throw new Error(refused);
    this.#way = { kind: "http", http };
  }

  /** Resolves when the command was acknowledged, or its failure was shown. */
  async command(typed: TypedCommand): Promise<void> {
    if (this.isConnected) await this.#track(deliverCommand(this.#line, typed));
    else
      tellAlone(this.workspace, typed, `${typed.command} failed with the error "dispatch_failed"`);
  }

  /** False when there was nothing to click. */
  async click(click: Click): Promise<boolean> {
    return this.isConnected ? this.#track(deliverClick(this.#line, click)) : false;
  }

  /** False when there was no such message or shortcut. */
  async shortcut(used: UsedShortcut): Promise<boolean> {
    return this.isConnected ? this.#track(deliverShortcut(this.#line, used)) : false;
  }

  async submit(view: View, entered: EnteredValues): Promise<Submitted> {
    return this.#track(deliverSubmission(this.#line, view, entered));
  }

  async closeView(view: View, all: boolean): Promise<void> {
    await this.#track(deliverClose(this.#line, view, all));
  }

  /** False when there was nothing to click, or no answer. */
  async clickInView(view: View, click: ViewClick): Promise<boolean> {
    return this.#track(deliverViewClick(this.#line, view, click));
  }

  /** The options offered; null when there are none to be had. */
  async suggest(typing: Typing): Promise<JsonObject[] | null> {
    return this.isConnected ? this.#track(deliverSuggestion(this.#line, typing)) : null;
  }

  /** Tells the bot of an event that is no message. */
  tell(event: JsonObject): void {
    if (!this.isConnected || !isSubscribed(this.workspace, event)) return;
    const delivery = eventDelivery(this.workspace, event);
    this.#told.push(delivery);
    keepNewest(this.#told, MOST_TOLD);
    this.#track(deliverEvent(this.#line, delivery));
  }

  /** Tells the last thousand events once more under the id it had, as Slack does after an outage of its own. */
  async replayEvents(): Promise<void> {
    const again = this.#told.map((delivery) => ({ ...delivery, signedLaterMs: 1000 }));
    await Promise.all(again.map((delivery) => this.#track(deliverEvent(this.#line, delivery))));
  }

  /** Resolves when nothing is on its way to the bot, retries included. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  async stop(): Promise<void> {
    this.#unlisten();
    this.#way = { kind: "none" };
    this.#stop.abort();
    this.sockets.stop();
    await this.settled();
  }

  /** Records how a delivery was acknowledged. */
  async #request(delivery: Delivery): Promise<BotAnswer> {
    const { workspace } = this;
    const began = performance.now();
    const answer = await sendWithFault(workspace, delivery, this.#stop.signal, (meant) =>
      this.#send(meant),
    );
    const ms = performance.now() - began;
    const { kind, retry } = delivery;
    workspace.acks.push({ kind, attempt: retry?.attempt ?? 0, outcome: answer.outcome, ms });
    keepNewest(workspace.acks, MOST_ACKS);
    workspace.feed.tell({ kind: "noted" });
    return answer;
  }

  #send(delivery: Delivery): Promise<BotAnswer> {
    const way = this.#way;
    switch (way.kind) {
      case "none":
        return Promise.resolve({ outcome: "unreachable", status: 0, reply: null });
      case "http":
        return postToBot(way.http, delivery, this.#stop.signal);
      case "socket":
        return this.sockets.carry(delivery);
    }
  }

  #track<T>(delivery: Promise<T>): Promise<T> {
    this.#underWay.add(delivery);
    const settle = () => this.#underWay.delete(delivery);
    // Events are delivered with nobody waiting for them, so a bug in here must show itself.
    const fail = (error: unknown) => {
      settle();
      this.workspace.problems.push({ where: "delivery", what: String(error) });
    };
    delivery.then(settle, fail);
    return delivery;
  }
}
