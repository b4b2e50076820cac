/**
 * One embedded server for the whole run, in a folder of its own, with a migrated template database
 * that freshDatabase() clones. Nothing of it outlives the run: see reaper.ts.
 */
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import {
  type EmbeddedServer,
  grantReading,
  limitLogin,
  migrate,
  openDatabase,
  startEmbedded,
} from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { databaseUrl } from "./database-url.ts";
import { startReaper } from "./reaper.ts";

declare module "vitest" {
  export interface ProvidedContext {
    serverUrl: string;
    /** The restricted login of metrics, on the same server. */
    guestUrl: string;
    templateName: string;
    /** The run's folder, which goes with it. */
    dataDir: string;
  }
}

const templateName = "throughline_template";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "throughline-test-"));
  // As root the server runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o755);
  const reaper = startReaper(dataDir);
  const server = await startServer(dataDir);
  const teardown = async () => {
    await server.stop();
    await reaper.reap();
  };
  try {
    await prepareTemplate(server.url);
    project.provide("guestUrl", await prepareGuest(server));
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("serverUrl", server.url);
  project.provide("templateName", templateName);
  project.provide("dataDir", dataDir);
  return teardown;
}

async function startServer(dataDir: string): Promise<EmbeddedServer> {
  const started = await startEmbedded({
    dataDir,
    log: silentLog,
    // Durability is what these tests can do without; those that kill a server start their own.
    serverSettings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  if (!started.ok) throw new Error(`no test database: ${JSON.stringify(started.fault)}`);
  return started.value;
}

async function prepareTemplate(serverUrl: string): Promise<void> {
  const admin = openDatabase(serverUrl, {
    max: 1,
    applicationName: "test template",
    statementTimeoutMs: 0,
    log: silentLog,
  });
  await admin.run(`CREATE DATABASE ${templateName}`);
  await admin.close();
  await migrate(databaseUrl(serverUrl, templateName), silentLog);
}

/** Its grants stand in the template, and so in every database that is cloned from it. */
async function prepareGuest(server: EmbeddedServer): Promise<string> {
  const role = "throughline_metrics";
  const url = await server.loginUrl(role);
  const template = openDatabase(databaseUrl(server.url, templateName), {
    max: 1,
    applicationName: "test template",
    statementTimeoutMs: 0,
    log: silentLog,
  });
  await grantReading(template, role);
  await limitLogin(template, role);
  await template.close();
  return url;
}
