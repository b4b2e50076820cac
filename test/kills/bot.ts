/** A `kpi serve` as a process of its own, with somebody between it and the world who sees all that passes. */
import type { Database } from "../../src/db/index.ts";
import { type ServeProcess, startServe } from "../support/serve-process.ts";
import { sessionsEnd } from "./sessions-end.ts";
import type { Boundary } from "./step.ts";
import { type Gate, type WatchedPostgres, watchPostgres } from "./watched-postgres.ts";
import { type WatchedSlack, watchSlack } from "./watched-slack.ts";

export interface Surroundings {
  db: Database;
  databaseUrl: string;
  slackOrigin: string;
  /** What it needs beside the addresses. */
  env: Readonly<Record<string, string>>;
  kpiYaml: string;
}

export class Bot {
  readonly #around: Surroundings;
  readonly #postgres: WatchedPostgres;
  readonly #slack: WatchedSlack;
  #process: ServeProcess | null = null;

  private constructor(around: Surroundings, postgres: WatchedPostgres, slack: WatchedSlack) {
    this.#around = around;
    this.#postgres = postgres;
    this.#slack = slack;
  }

  /** `gate` is asked at each boundary of whatever process lives here. */
  static async place(
    around: Surroundings,
    gate: (bot: Bot, boundary: Boundary) => ReturnType<Gate>,
  ): Promise<Bot> {
    const { hostname, port } = new URL(around.databaseUrl);
    const here: { bot: Bot | null } = { bot: null };
    const ask: Gate = (boundary) => here.bot === null || gate(here.bot, boundary);
    const postgres = await watchPostgres({ host: hostname, port: Number(port) }, ask);
    here.bot = new Bot(around, postgres, await watchSlack(around.slackOrigin, ask));
    return here.bot;
  }

  /** Resolves when it works; throws when it ends before. */
  async start(): Promise<void> {
    const url = new URL(this.#around.databaseUrl);
    url.host = `127.0.0.1:${this.#postgres.port}`;
    this.#process = startServe(
      {
        ...this.#around.env,
        DATABASE_URL: url.toString(),
        SLACK_API_URL: `${this.#slack.origin}/api/`,
      },
      this.#around.kpiYaml,
    );
    await this.#process.started();
  }

  get process(): ServeProcess {
    if (this.#process === null) throw new Error("it was never started");
    return this.#process;
  }

  /**
   * Waits for its end, by whatever it was told to end; the status. Nothing that it began is under way
   * afterwards: what had reached Slack is answered, and its sessions in Postgres are over.
   */
  async end(): Promise<number | null> {
    const status = await this.process.end();
    await this.#slack.settled();
    await sessionsEnd(this.#around.db, this.#postgres.drop());
    return status;
  }

  async stop(): Promise<void> {
    if (this.#process?.send("SIGKILL")) await this.#process.end();
    await Promise.all([this.#postgres.stop(), this.#slack.stop()]);
  }
}
