import { setTimeout as wait } from "node:timers/promises";
import { failed, ok, type Result } from "../../result.ts";
import type { Account } from "./choose-account.ts";
import { choosePort } from "./choose-port.ts";
import type { EmbeddedFault } from "./embedded-server.ts";
import type { Binaries } from "./find-binaries.ts";
import type { Cluster } from "./init-cluster.ts";
import { type Launched, launchServer } from "./launch-server.ts";
import { isAlive, isHeldByServer, readPidFile } from "./pid-file.ts";
import { probeServer } from "./probe-server.ts";

/** All that a start needs and that stays the same over restarts. */
export interface Site {
  binaries: Binaries;
  account: Account | null;
  cluster: Cluster;
  serverSettings: Readonly<Record<string, string>>;
  startTimeoutMs: number;
}

export interface Running {
  pid: number;
  port: number;
  /** Null: another process started it, and we adopted it. */
  launched: Launched | null;
}

interface BringUp {
  /** Null: the one kept from last time, or a free one. */
  port: number | null;
  /** Once aborted, a server that we have launched is returned as it is, ready or not. */
  cancel: AbortSignal;
}

type Outcome = Result<Running, EmbeddedFault>;

const pollMs = 20;
const maxLaunches = 5;

/**
 * Adopts the server that runs on the cluster, else launches one. One that exits is tried again: its
 * port may have been taken in between, another process may have been faster, or the children of a
 * killed server may still be leaving.
 */
export async function bringUp(site: Site, request: BringUp): Promise<Outcome> {
  const { data } = site.cluster;
  const deadline = performance.now() + site.startTimeoutMs;
  for (let launches = 0; ; ) {
    const file = readPidFile(data);
    if (file !== null && isHeldByServer(file, data)) {
      const adopted = await adopt(site, file.pid, deadline, request.cancel);
      if (adopted !== null) return adopted;
      continue;
    }
    const stalePid = file !== null && isAlive(file.pid) ? file.pid : null;
    const launched = await launch(site, stalePid, deadline, request);
    if (launched.ok || launched.fault.kind !== "server_exited") return launched;
    launches += 1;
    const isLast = launches === maxLaunches || performance.now() > deadline;
    if (isLast || request.cancel.aborted) return launched;
    await wait(200 * launches);
  }
}

/** Waits for a running server to answer; null when it went away meanwhile. */
async function adopt(
  { cluster }: Site,
  pid: number,
  deadline: number,
  cancel: AbortSignal,
): Promise<Outcome | null> {
  let port = 0;
  while (performance.now() < deadline && !cancel.aborted) {
    const file = readPidFile(cluster.data);
    if (file?.pid !== pid || !isAlive(pid)) return null;
    port = file.port ?? 0;
    if (port !== 0 && (await probeServer(cluster, port)) === "answers") {
      return ok({ pid, port, launched: null });
    }
    await wait(pollMs);
  }
  return failed({ kind: "not_answering", pid, port });
}

async function launch(
  { binaries, account, cluster, serverSettings }: Site,
  stalePid: number | null,
  deadline: number,
  request: BringUp,
): Promise<Outcome> {
  const port = request.port ?? (await choosePort(cluster.folder));
  const { postgres } = binaries;
  const { data } = cluster;
  const launched = launchServer({ postgres, data, port, account, serverSettings, stalePid });
  const running = { pid: launched.pid ?? 0, port, launched };
  while (!launched.hasExited()) {
    if (request.cancel.aborted) return ok(running);
    if ((await probeServer(cluster, port)) === "answers") return ok(running);
    if (performance.now() > deadline) {
      // It may be in a long recovery, which a kill would only begin anew; the next start adopts it.
      launched.letGo();
      return failed({ kind: "not_answering", pid: running.pid, port });
    }
    await Promise.race([wait(pollMs), launched.exited]);
  }
  return failed({ kind: "server_exited", log: launched.logTail() });
}
