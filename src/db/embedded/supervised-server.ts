import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { bringUp, type Running, type Site } from "./bring-up.ts";
import type { EmbeddedServer } from "./embedded-server.ts";
import { ensureLogin } from "./ensure-login.ts";
import { isAlive } from "./pid-file.ts";
import { serverUrl } from "./probe-server.ts";
import { hasOtherClients, stopServer } from "./stop-server.ts";

/** How soon the end of an adopted server is noticed; that of our own is noticed at once. */
const watchMs = 1_000;
const longestPauseMs = 10_000;

/**
 * Keeps the server up: when it ends without having been asked to (killed, out of memory, stopped by
 * the process that had started it) it is started again on the same port, so that pools recover.
 */
export class SupervisedServer implements EmbeddedServer {
  readonly url: string;
  readonly adopted: boolean;
  readonly #site: Site;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  readonly #supervision: Promise<void>;
  #running: Running;

  constructor(site: Site, running: Running, database: string, log: Log) {
    this.url = serverUrl(site.cluster, running.port, database);
    this.adopted = running.launched === null;
    this.#site = site;
    this.#log = log;
    this.#running = running;
    this.#supervision = this.#supervise();
  }

  logTail(): string {
    return this.#running.launched?.logTail() ?? "";
  }

  loginUrl(role: string): Promise<string> {
    const clusterFolder = this.#site.cluster.folder;
    return ensureLogin({ ownerUrl: this.url, clusterFolder, role });
  }

  async stop(): Promise<"stopped" | "left_running"> {
    this.#stopping.abort();
    await this.#supervision;
    const { pid, port, launched } = this.#running;
    if (launched === null) return "left_running";
    const adminUrl = serverUrl(this.#site.cluster, port, "postgres");
    const isNeeded = !launched.hasExited() && (await hasOtherClients(adminUrl));
    if (!isNeeded && !launched.hasExited()) {
      await stopServer({ pid, exited: launched.exited, pgCtl: this.#site.binaries.pgCtl });
    }
    launched.letGo();
    return isNeeded ? "left_running" : "stopped";
  }

  async #supervise(): Promise<void> {
    let failures = 0;
    while (await this.#hasEnded(failures)) {
      const { port } = this.#running;
      this.#log.error("embedded postgres has ended, starting it again", { port, failures });
      const again = await bringUp(this.#site, { port, cancel: this.#stopping.signal });
      if (again.ok) this.#running = again.value;
      failures = again.ok ? 0 : failures + 1;
    }
  }

  /** Waits until the server is gone, then a while longer after failures; false once stopping. */
  async #hasEnded(failures: number): Promise<boolean> {
    const { signal } = this.#stopping;
    // Waiting here must not keep node from ending.
    const options = { ref: false, signal };
    const stopping = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    try {
      const { launched, pid } = this.#running;
      if (launched !== null) await Promise.race([launched.exited, stopping]);
      while (launched === null && isAlive(pid)) await wait(watchMs, undefined, options);
      if (failures > 0)
        await wait(Math.min(250 * 2 ** failures, longestPauseMs), undefined, options);
    } catch {
      // Aborted.
    }
    return !signal.aborted;
  }
}
