import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openDatabase } from "../../../src/db/index.ts";
import { silentLog } from "../../../src/log.ts";
import { ask, dataFolder, startServer, usedFolder } from "./data-folder.ts";
import { holdServer } from "./held-server.ts";

const options = { max: 1, applicationName: "test", statementTimeoutMs: 0, log: silentLog };

const Settings = z.object({
  encoding: z.string(),
  locale: z.string(),
  listen: z.string(),
  auth: z.string(),
});
const settings = `
  SELECT pg_encoding_to_char(encoding) AS encoding, datlocale AS locale,
         current_setting('listen_addresses') AS listen,
         (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules) AS auth
  FROM pg_database WHERE datname = current_database()`;

test("from nothing to a connection: UTF8, C.UTF-8, loopback only, scram only", async () => {
  const began = performance.now();
  const server = await startServer(dataFolder(), { durable: true });
  const firstMs = Math.round(performance.now() - began);
  expect(await ask(server.url, Settings, settings)).toEqual({
    encoding: "UTF8",
    locale: "C.UTF-8",
    listen: "127.0.0.1",
    auth: "scram-sha-256",
  });
  const stopping = performance.now();
  expect(await server.stop()).toBe("stopped");
  const stopMs = Math.round(performance.now() - stopping);
  process.stdout.write(`embedded: initdb and start ${firstMs} ms, stop ${stopMs} ms\n`);
});

test.each([
  ["unset", {}],
  ["C and POSIX", { LANG: "C", LC_ALL: "POSIX" }],
  ["of another encoding, or none that exists", { LANG: "xx_XX.ISO-8859-1", LC_ALL: "nonsense" }],
])("the encoding is UTF8 when the locale of who starts it is %s", async (_, env) => {
  const held = await holdServer(dataFolder(), env);
  expect((await ask(held.url, Settings, settings)).encoding).toBe("UTF8");
  expect(await held.stop()).toBe("stopped");
});

test("rows, port and password outlive a stop; the second start takes much less than the first", async () => {
  const folder = await usedFolder();
  const first = await startServer(folder);
  const db = openDatabase(first.url, options);
  await db.run("CREATE TABLE kept AS SELECT 7 AS n");
  await db.close();
  await first.stop();
  const began = performance.now();
  const second = await startServer(folder);
  process.stdout.write(`embedded: start ${Math.round(performance.now() - began)} ms\n`);
  expect(second.url).toBe(first.url);
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, z.object({ n: z.number() }), "SELECT n FROM kept")).toEqual({
    n: 7,
  });
});

test("the password file and the cluster are closed to others", async () => {
  const folder = dataFolder();
  await startServer(folder);
  const mode = (name: string) => statSync(path.join(folder, "postgres", name)).mode & 0o777;
  expect(mode("password")).toBe(0o600);
  expect(mode("data")).toBe(0o700);
  expect(mode(".")).toBe(0o700);
});

test("a port that another program took meanwhile is replaced", async () => {
  const folder = await usedFolder();
  const first = await startServer(folder);
  await first.stop();
  const port = Number(readFileSync(path.join(folder, "postgres", "port"), "utf8"));
  const squatter = createServer().listen(port, "127.0.0.1");
  try {
    const second = await startServer(folder);
    expect(new URL(second.url).port).not.toBe(String(port));
    expect(await ask(second.url, z.object({ one: z.number() }), "SELECT 1 AS one")).toEqual({
      one: 1,
    });
  } finally {
    squatter.close();
  }
});

test("a port file that holds nonsense is replaced", async () => {
  const folder = await usedFolder();
  await (await startServer(folder)).stop();
  writeFileSync(path.join(folder, "postgres", "port"), "soon\n");
  const server = await startServer(folder);
  expect(Number(new URL(server.url).port)).toBeGreaterThan(0);
});
