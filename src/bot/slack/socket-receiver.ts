import type { App, Receiver } from "@slack/bolt";
import type { Log } from "../../log.ts";
import type { ChatFault } from "../../message.ts";
import { pause } from "../../pause.ts";
import { failed, ok, type Result } from "../../result.ts";
import { faultFields } from "../fault-fields.ts";
import { openLine, type SocketLine } from "./socket-line.ts";

export interface SocketOptions {
  appToken: string;
  apiUrl: string | undefined;
  log: Log;
  /** Called when a line stands again after there was none: what was said meanwhile is to be asked for. */
  onGap: () => void;
  pace?: Partial<Pace>;
}

/** Milliseconds. */
export interface Pace {
  /** Without an answer to our pings, after which a line counts as dead. */
  pongWithinMs: number;
  /** Without any event, after which a line may be deaf and another takes its place. */
  renewAfterMs: number;
  /** For what arrived by the old line to be acknowledged by it, once the new one stands. */
  overlapMs: number;
  longestPauseMs: number;
}

const usualPace: Pace = {
  pongWithinMs: 10_000,
  renewAfterMs: 90_000,
  overlapMs: 3_000,
  longestPauseMs: 10_000,
};

/** Socket Mode as Bolt's receiver: always one line to Slack, whatever becomes of each. */
export interface SocketReceiver extends Receiver {
  /** Opens the first line; the fault says why there is none. */
  open(): Promise<Result<null, ChatFault>>;
  connected(): boolean;
}

export function socketReceiver({ pace, ...options }: SocketOptions): SocketReceiver {
  const keeper = new LineKeeper(options, { ...usualPace, ...pace });
  return {
    init: (app) => keeper.serve(app),
    open: () => keeper.open(),
    start: () => keeper.open(),
    stop: () => keeper.stop(),
    connected: () => keeper.connected(),
  };
}

/**
 * A line that ends is followed by another, after a pause that grows with the failures to open one.
 *
 * A line can be open, answer pings and bring nothing: so one that has brought nothing for a while is
 * replaced too, by a line that is opened beside it, so that nothing is missed in between. Slack sends
 * what the deaf line was not heard to acknowledge again, by the new one.
 */
class LineKeeper {
  readonly #options: Omit<SocketOptions, "pace">;
  readonly #pace: Pace;
  readonly #stopping = new AbortController();
  #app: App | null = null;
  #line: SocketLine | null = null;
  #old: Promise<void> = Promise.resolve();
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: Omit<SocketOptions, "pace">, pace: Pace) {
    this.#options = options;
    this.#pace = pace;
  }

  serve(app: App): void {
    this.#app = app;
  }

  connected(): boolean {
    return this.#line !== null && !this.#line.ended.aborted;
  }

  async open(): Promise<Result<null, ChatFault>> {
    const opened = await this.#dial();
    if (!opened.ok) return opened;
    this.#line = opened.value;
    this.#keeping = this.#keep();
    return ok(null);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#keeping;
    await Promise.all([this.#line?.hangUp(), this.#old]);
    this.#line = null;
  }

  /** A line that was opened although it is to stop meanwhile is hung up again. */
  async #dial(): Promise<Result<SocketLine, ChatFault>> {
    if (this.#app === null) throw new Error("Bolt has not initialised the receiver");
    const { appToken, apiUrl, log } = this.#options;
    const { pongWithinMs } = this.#pace;
    const { signal: stopping } = this.#stopping;
    const line = { appToken, apiUrl, log, app: this.#app, pongWithinMs, stopping };
    const opened = await openLine(line);
    if (!opened.ok || !stopping.aborted) return opened;
    await opened.value.hangUp();
    return failed({ kind: "unreachable", code: "stopped" });
  }

  async #keep(): Promise<void> {
    const { signal: stopping } = this.#stopping;
    while (!stopping.aborted) {
      const line = this.#line;
      if (line === null) await this.#reopen();
      else if (line.ended.aborted) await this.#lose(line);
      else if (this.#silentForMs(line) < 0) await this.#pause(-this.#silentForMs(line), line.ended);
      else await this.#renew(line);
    }
  }

  /** Less than 0: milliseconds until it has been silent for too long. */
  #silentForMs(line: SocketLine): number {
    return performance.now() - line.heardAt() - this.#pace.renewAfterMs;
  }

  async #lose(line: SocketLine): Promise<void> {
    this.#line = null;
    this.#options.log.warn("slack_socket_closed");
    // Slack takes a line away at once where something is wrong with it, and would take the next.
    if (performance.now() - line.openedAt < shortLifeMs) await this.#pause(firstPauseMs);
  }

  async #reopen(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; failures += 1) {
      const opened = await this.#dial();
      if (opened.ok) {
        this.#line = opened.value;
        this.#options.log.info("slack_socket_reopened", { failures });
        this.#options.onGap();
        return;
      }
      this.#complain("slack_socket_not_opened", opened.fault);
      const grownMs = Math.min(this.#pace.longestPauseMs, firstPauseMs * 2 ** failures);
      await this.#pause(Math.max(askedMs(opened.fault), grownMs));
    }
  }

  async #renew(old: SocketLine): Promise<void> {
    const opened = await this.#dial();
    if (!opened.ok) {
      this.#complain("slack_socket_not_renewed", opened.fault);
      await this.#pause(Math.max(askedMs(opened.fault), this.#pace.longestPauseMs), old.ended);
      return;
    }
    this.#line = opened.value;
    if (old.ended.aborted) this.#options.onGap();
    const before = this.#old;
    const hungUp = this.#pause(this.#pace.overlapMs, old.ended).then(() => old.hangUp());
    this.#old = Promise.all([before, hungUp]).then(() => {});
  }

  #complain(event: string, fault: ChatFault): void {
    if (!this.#stopping.signal.aborted) this.#options.log.warn(event, faultFields(fault));
  }

  /** Ends early when the receiver is stopped, and when `or` is aborted. */
  #pause(ms: number, ...or: readonly AbortSignal[]): Promise<void> {
    return pause(ms, this.#stopping.signal, ...or);
  }
}

const firstPauseMs = 250;
const shortLifeMs = 5_000;

/** How long Slack wants to be left alone. */
function askedMs(fault: ChatFault): number {
  return fault.kind === "limited" ? fault.retryAfterMs : 0;
}
