import type { Workspace } from "../workspace/workspace.ts";
import { deliverCommand, type TypedCommand, tellAlone } from "./command.ts";
import { deliverEvent, eventsOf } from "./event.ts";
import { type Click, deliverClick } from "./interaction.ts";
import type { BotLine } from "./request-bot.ts";
import { verifyUrl } from "./verify-url.ts";

type LineSettings = Omit<BotLine, "requestUrl" | "stopped">;

/** The way to the bot: none until it is connected, then everything of its workspace goes there. */
export class BotConnection {
  readonly #settings: LineSettings;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #unlisten: () => void;
  #line: BotLine | null = null;

  constructor(settings: LineSettings) {
    this.#settings = settings;
    const { workspace } = settings;
    this.#unlisten = workspace.feed.listen((happening) => {
      if (!this.#line) return;
      for (const event of eventsOf(workspace, happening))
        this.#track(deliverEvent(this.#line, event));
    });
  }

  get workspace(): Workspace {
    return this.#settings.workspace;
  }

  /** Verifies the address as Slack does; throws with Slack's reason when it is not taken. */
  async connect(requestUrl: string): Promise<void> {
    const line = { ...this.#settings, requestUrl, stopped: this.#stop.signal };
    const refused = await verifyUrl(line);
    if (refused) throw new Error(refused);
    this.#line = line;
  }

  /** Resolves when the command was acknowledged, or its failure was shown. */
  async command(typed: TypedCommand): Promise<void> {
    if (this.#line) await this.#track(deliverCommand(this.#line, typed));
    else
      tellAlone(this.workspace, typed, `${typed.command} failed with the error "dispatch_failed"`);
  }

  /** False when there was nothing to click. */
  async click(click: Click): Promise<boolean> {
    return this.#line ? this.#track(deliverClick(this.#line, click)) : false;
  }

  /** Resolves when nothing is on its way to the bot, retries included. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  async stop(): Promise<void> {
    this.#unlisten();
    this.#line = null;
    this.#stop.abort();
    await this.settled();
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
