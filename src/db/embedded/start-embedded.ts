import { failed, ok, type Result } from "../../result.ts";
import { binariesVersion } from "./binaries-version.ts";
import { bringUp, type Site } from "./bring-up.ts";
import { chooseAccount } from "./choose-account.ts";
import { chooseHome, possibleHomes } from "./choose-home.ts";
import type { EmbeddedFault, EmbeddedOptions, EmbeddedServer } from "./embedded-server.ts";
import { ensureDatabase } from "./ensure-database.ts";
import { findBinaries } from "./find-binaries.ts";
import { clusterFolder, openCluster } from "./init-cluster.ts";
import { prepareBinaries } from "./prepare-binaries.ts";
import { serverUrl } from "./probe-server.ts";
import { SupervisedServer } from "./supervised-server.ts";

const databaseName = "throughline";

/**
 * Brings up the cluster below `options.dataDir`: adopts a server that already runs on it, else
 * starts one, after creating the cluster the first time. About a second from nothing, a tenth of
 * that later. Throws only when a server that has just answered is lost again.
 */
export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<Result<EmbeddedServer, EmbeddedFault>> {
  const began = performance.now();
  const cancel = options.signal ?? new AbortController().signal;
  const site = await prepareSite(options);
  if (cancel.aborted) return failed({ kind: "interrupted" });
  if (!site.ok) return site;
  const running = await bringUp(site.value, { port: null, cancel });
  if (!running.ok) return cancel.aborted ? failed({ kind: "interrupted" }) : running;
  const { port, launched } = running.value;
  const server = new SupervisedServer(site.value, running.value, databaseName, options.log);
  if (!cancel.aborted)
    await ensureDatabase(serverUrl(site.value.cluster, port, "postgres"), databaseName);
  if (cancel.aborted) {
    await server.stop();
    return failed({ kind: "interrupted" });
  }
  const ms = Math.round(performance.now() - began);
  options.log.info("embedded postgres is up", { adopted: launched === null, port, ms });
  return ok(server);
}

async function prepareSite(options: EmbeddedOptions): Promise<Result<Site, EmbeddedFault>> {
  const serverSettings = options.serverSettings ?? {};
  const found = findBinaries(options.binFolder);
  if (!found.ok) return found;
  const version = binariesVersion(found.value);
  if (!version.ok) return version;
  const account = chooseAccount(possibleHomes(options.dataDir).map(clusterFolder));
  if (!account.ok) return account;
  const home = chooseHome(options.dataDir, account.value);
  if (!home.ok) return home;
  const binaries = prepareBinaries(found.value, home.value, account.value);
  if (!binaries.ok) return binaries;
  const cluster = await openCluster(home.value, {
    initdb: binaries.value.initdb,
    account: account.value,
    version: version.value,
    durable: serverSettings.fsync !== "off",
    signal: options.signal,
  });
  if (!cluster.ok) return cluster;
  return ok({
    binaries: binaries.value,
    account: account.value,
    cluster: cluster.value,
    serverSettings,
    startTimeoutMs: options.startTimeoutMs ?? 60_000,
  });
}
