import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { errorCode } from "../connection-loss.ts";
import { isAlive } from "./pid-file.ts";

interface Stoppable {
  pid: number;
  exited: Promise<void>;
  pgCtl: string;
}

/** Clients other than us; 0 where the server takes none, null where it does not say. */
async function countClients(url: string): Promise<number | null> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const answer = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    return answer.rows[0]?.count ?? null;
  } catch (error) {
    // 57P03: it is starting or stopping.
    return ["57P03", "ECONNREFUSED"].includes(errorCode(error)) ? 0 : null;
  } finally {
    await client.end().catch(() => {});
  }
}

const HUNG_UP_MS = 1_000;

/**
 * A connection just closed is still listed for some milliseconds. In doubt there are clients: a
 * server left running is adopted by the next start, one stopped under somebody is not.
 */
export async function hasOtherClients(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const began = performance.now();
    const count = await countClients(url);
    if (count === 0) return false;
    // One that does not answer has had its seconds. One that hung up at once may be going down:
    // a dying server's socket still takes connections for a moment.
    if (count === null && performance.now() - began > HUNG_UP_MS) return true;
    await wait(25);
  }
  return true;
}

/** Fast shutdown, then immediate, then the kernel's; each gets its time, so this always ends. */
export async function stopServer(server: Stoppable): Promise<void> {
  const ways: ReadonlyArray<[NodeJS.Signals, number]> = [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 2_000],
  ];
  for (const [signal, patienceMs] of ways) {
    sendSignal(server, signal);
    if (await exitedWithin(server, patienceMs)) return;
  }
}

async function exitedWithin(server: Stoppable, patienceMs: number): Promise<boolean> {
  const giveUp = new AbortController();
  const timeout = wait(patienceMs, false, { signal: giveUp.signal }).catch(() => false);
  const gone = await Promise.race([server.exited.then(() => true), timeout]);
  giveUp.abort();
  return gone || !isAlive(server.pid);
}

function sendSignal({ pid, pgCtl }: Stoppable, signal: NodeJS.Signals): void {
  // Windows has no signals: there node's kill ends the process at once. pg_ctl knows the way.
  if (process.platform === "win32" && signal !== "SIGKILL") {
    const child = spawn(pgCtl, ["kill", signal.slice(3), String(pid)], { stdio: "ignore" });
    child.on("error", () => {});
    return;
  }
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
