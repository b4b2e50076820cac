/** The command line as a script sees it: exit status, stdout and stderr. One embedded server for all. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { type EmbeddedServer, openDatabase, startEmbedded } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { startReaper } from "../support/reaper.ts";

// Each starts a process of its own, many at once.
vi.setConfig({ testTimeout: 120_000 });

const root = path.resolve(import.meta.dirname, "../..");
let folder = "";
let server: EmbeddedServer;
let reaper: ReturnType<typeof startReaper>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "kpi-cli-"));
  // As root the server runs under another account, which must be able to enter.
  chmodSync(folder, 0o755);
  const dataDir = path.join(folder, ".kpi");
  reaper = startReaper(dataDir);
  const serverSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const started = await startEmbedded({ dataDir, log: silentLog, serverSettings });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  server = started.value;
  const migrated = await kpi(["migrate"]);
  expect(migrated).toEqual({ status: 0, out: "The schema is up to date.\n", err: "" });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await reaper?.reap();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  status: number | null;
  out: string;
  err: string;
}

/** Runs it as npm does, from another folder than the project's, with no variables but these. */
function kpi(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = folder,
  stop?: Promise<NodeJS.Signals>,
): Promise<Ran> {
  const child = spawn(
    process.execPath,
    [path.join(root, "scripts/run.cjs"), "src/cli/kpi.ts", ...args],
    { cwd: root, env: { PATH: process.env.PATH ?? "", INIT_CWD: cwd, ...env } },
  );
  const ran: Ran = { status: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ran.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ran.err += text;
  });
  void stop?.then((signal) => child.kill(signal));
  return new Promise((done) => child.on("close", (status) => done({ ...ran, status })));
}

/** Wrong use and failures: nothing on stdout, words on stderr, and never a stack trace. */
async function expectComplaint(
  args: readonly string[],
  status: number,
  words: RegExp,
  env: Record<string, string> = {},
): Promise<void> {
  const ran = await kpi(args, env);
  expect(ran).toMatchObject({ status, out: "" });
  expect(ran.err).toMatch(words);
  expect(ran.err).not.toMatch(/^ {4}at |hunter2/m);
}

describe.concurrent("status 0", () => {
  test("kpi --version is the program's, as a report of a fault needs it", async () => {
    const ran = await kpi(["--version"]);
    expect(ran).toEqual({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: "" });
  });

  test("help is a result", async () => {
    const ran = await kpi(["--help"]);
    expect(ran).toMatchObject({ status: 0, err: "" });
    expect(ran.out).toMatch(/query[\s\S]*scorecard/);
  });

  test("metrics as data are JSON and nothing else", async () => {
    const ran = await kpi(["metrics", "13 week adoption", "--json"]);
    expect(ran).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(ran.out)).toMatchObject([{ id: "adoption_rate" }]);
  });

  test("files are taken from the folder where the person stands", async () => {
    mkdirSync(path.join(folder, "data"), { recursive: true });
    writeFileSync(
      path.join(folder, "data", "tiers.csv"),
      "tier,tier_rank,is_paid\nfree,0,false\npro,1,true\n",
    );
    const ran = await kpi(
      ["import", "tiers", "tiers.csv"],
      {
        KPI_DATA_DIR: path.join(folder, ".kpi"),
      },
      path.join(folder, "data"),
    );
    expect(ran).toMatchObject({ status: 0, err: "" });
    expect(ran.out).toMatch(/tiers/);
  });

  test("whoever reads only the beginning is no failure", async () => {
    const child = spawn(
      process.execPath,
      [path.join(root, "scripts/run.cjs"), "src/cli/kpi.ts", "metrics", "--json"],
      { cwd: root, env: { PATH: process.env.PATH ?? "", INIT_CWD: folder } },
    );
    child.stdout.destroy();
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    expect(await new Promise((done) => child.on("close", done))).toBe(0);
    expect(err).toBe("");
  });
});

describe.concurrent("rejected rows", () => {
  const tiers = "tier,tier_rank,is_paid\n";

  test("are told on both streams, are all in a file, and alone are no failure", async () => {
    writeFileSync(path.join(folder, "some.csv"), `${tiers}free,0,false\nx,y,true\n`);
    const ran = await kpi(["import", "tiers", "some.csv"]);
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.err).toBe("tiers: 1 of 2 rows were rejected, the others were taken.\n");
    const file = /all are in (\S+):/.exec(ran.out)?.[1] ?? "";
    expect(readFileSync(file, "utf8")).toMatch(/^target,line,column.*\ntiers,3,tier_rank,/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("of a file of which nothing was taken are a failure", async () => {
    writeFileSync(path.join(folder, "none.csv"), `${tiers}x,y,true\n`);
    // A file of its own: by default all of a table are written to one, and these tests run at once.
    const ran = await kpi(["import", "tiers", "none.csv", "--rejected", "rejected-none.csv"]);
    expect(ran).toMatchObject({ status: 1, err: expect.stringContaining("nothing was taken") });
  });

  test("with --strict are a failure, and nothing is taken", async () => {
    writeFileSync(path.join(folder, "strict.csv"), `${tiers}gold,7,true\nx,y,true\n`);
    const ran = await kpi([
      "import",
      "tiers",
      "strict.csv",
      "--strict",
      "--rejected",
      "rejected-strict.csv",
    ]);
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(ran.err).toMatch(/tiers:3 .*whole number[\s\S]*Nothing was imported/);
  });
});

test("what an import brought is told to wait for a refresh, by it and by whatever would tell it", async () => {
  const ask = (...more: string[]) => kpi(["query", "incident_frequency", ...more]);
  const imported = (id: string) => {
    const head = "incident_id,service,region,severity,is_downtime,started_at\n";
    writeFileSync(path.join(folder, "late.csv"), `${head}${id},api,eu,1,true,2024-01-10\n`);
    const until = ["--complete-through", "2024-02-05", "--rejected", "rejected-late.csv"];
    return kpi(["import", "incidents", "late.csv", ...until]);
  };
  const { out } = await imported("i");
  expect(out).toMatch(/2024-02-05T00:00:00Z[\s\S]*\nkpi refresh brings it into the answers\.\n$/);
  await kpi(["refresh"]);
  expect(await ask()).toMatchObject({ status: 0, err: "" });
  await imported("j");
  const waits = "Rows of incidents have come since the last refresh: kpi refresh brings them in.\n";
  expect(await ask()).toMatchObject({ status: 0, err: waits });
  expect((await ask("--exact")).err).toBe("");
  expect((await kpi(["query", "help"])).err).toBe("");
});

test("an import that is interrupted says so, and leaves nothing", async () => {
  writeFileSync(path.join(folder, "slow.csv"), "release_id,released_at,kind\nr,2024-01-01,fix\n");
  const db = openDatabase(server.url, {
    max: 2,
    applicationName: "test",
    statementTimeoutMs: 0,
    log: silentLog,
  });
  onTestFinished(() => db.close());
  const waiting = async () =>
    (await db.rows(z.unknown(), "SELECT FROM pg_locks WHERE NOT granted")).length;
  const rows = await db.transaction(async (sql) => {
    await sql.run("LOCK TABLE source.releases IN EXCLUSIVE MODE");
    const stop = Promise.withResolvers<"SIGINT">();
    const ran = kpi(["import", "releases", "slow.csv"], {}, folder, stop.promise);
    await expect.poll(waiting, { timeout: 60_000 }).toBe(1);
    stop.resolve("SIGINT");
    expect(await ran).toEqual({
      status: 130,
      out: "",
      err: "Stopping. A second Ctrl-C ends it at once.\nNothing was imported.\n",
    });
    return sql.rows(z.unknown(), "SELECT FROM source.releases");
  });
  expect(rows).toEqual([]);
}, 120_000);

test("a computation that is interrupted ends at once, and says what is kept", async () => {
  const db = openDatabase(server.url, {
    max: 2,
    applicationName: "test",
    statementTimeoutMs: 0,
    log: silentLog,
  });
  onTestFinished(() => db.close());
  const waiting = async () =>
    (await db.rows(z.unknown(), "SELECT FROM pg_locks WHERE NOT granted")).length;
  await db.transaction(async (sql) => {
    await sql.run("LOCK TABLE facts.account IN ACCESS EXCLUSIVE MODE");
    const stop = Promise.withResolvers<"SIGINT">();
    const ran = kpi(["refresh"], {}, folder, stop.promise);
    await expect.poll(waiting, { timeout: 60_000 }).toBeGreaterThan(0);
    stop.resolve("SIGINT");
    expect(await ran).toEqual({
      status: 130,
      out: "",
      err: "Stopping. A second Ctrl-C ends it at once.\nWhat was computed is kept; the next kpi refresh goes on from there.\n",
    });
    expect(await waiting()).toBe(0);
  });
}, 120_000);

describe.concurrent("status 1", () => {
  test("a question about data that was never loaded", () =>
    expectComplaint(["query", "adoption"], 1, /Nothing|no data|not been loaded|loaded/i));

  test("a database that does not answer is named by its variable, without its password", () =>
    expectComplaint(["migrate"], 1, /^DATABASE_URL: .*ECONNREFUSED/, {
      DATABASE_URL: "postgres://ana:hunter2@127.0.0.1:1/kpi",
    }));

  test("a login that is refused", () =>
    expectComplaint(["migrate"], 1, /^DATABASE_URL: .*28P01/, {
      DATABASE_URL: server.url.replace(/\/\/[^@]*@/, "//throughline:hunter2@"),
    }));

  test("an address that is none", () =>
    expectComplaint(["migrate"], 1, /^DATABASE_URL: /, {
      DATABASE_URL: "postgres://ana:hunter2@host:port/kpi",
    }));

  test("a metric in kpi.yaml that there is not", async () => {
    writeFileSync(
      path.join(folder, "typo.yaml"),
      "scorecard: { metrics: [adoption_rat] }\nchannels: { slack:C0ALL: { muted: [P.77] } }\n",
    );
    await expectComplaint(["migrate"], 1, /adoption_rat[\s\S]*P\.77/, { KPI_CONFIG: "typo.yaml" });
  });

  test("a configuration that is a folder, and one with aliases that cannot be resolved", async () => {
    await expectComplaint(["migrate"], 1, /^KPI_CONFIG: .*EISDIR/, { KPI_CONFIG: ".kpi" });
    writeFileSync(path.join(folder, "alias.yaml"), "currency: *none\n");
    await expectComplaint(["migrate"], 1, /alias/i, { KPI_CONFIG: "alias.yaml" });
  });

  test("a bot without a platform", () => expectComplaint(["serve"], 1, /SLACK_BOT_TOKEN/));

  test("a picture that there is not; the answer stands on stdout", async () => {
    const ran = await kpi(["query", "help", "--png", "no.png"]);
    expect(ran).toMatchObject({ status: 1, err: "There is no picture for this answer.\n" });
    expect(ran.out).toMatch(/adoption/);
    expect(existsSync(path.join(folder, "no.png"))).toBe(false);
  });

  test("a file of numbers where there are none", async () => {
    const ran = await kpi(["query", "help", "--csv", "no.csv"]);
    const err = "There are no numbers in this answer to write to a file.\n";
    expect(ran).toMatchObject({ status: 1, err });
    expect(existsSync(path.join(folder, "no.csv"))).toBe(false);
  });

  test("numbers of a scorecard that has no data yet", () =>
    expectComplaint(["scorecard", "--csv", "no.csv"], 1, /no data|loaded/i));
});

describe.concurrent("status 2", () => {
  test("a phrase that several metrics may be meant by: as data, the candidates", async () => {
    const ran = await kpi(["query", "latency by tier", "--json"]);
    expect(ran.status).toBe(2);
    const { candidates } = JSON.parse(ran.out);
    expect(candidates).toContainEqual({
      metric: "latency_p99",
      name: "Latency p99",
      code: "P.3",
      line: "latency_p99 by tier",
    });
    expect(ran.err).toMatch(/"latency" can mean more than one metric/);
  });

  test.each<[string[], RegExp]>([
    [["frobnicate"], /unknown command/],
    [["query"], /missing required argument/],
    [["query", "adoption", "--week"], /argument missing/],
    [["query", "adpotion"], /adoption_rate/],
    [["query", "adoption", "--week", "someday"], /someday/],
    [["scorecard", "--week", "someday"], /someday/],
    [["scorecard", "--team", "nobody's"], /no team called "nobody's"/],
    [["query", "latency"], /kpi query latency_p99 {2}Latency p99, P\.3/],
    [["query", "adoption", "source=big event"], /big event/],
    [["import"], /Say what to import/],
    [["import", "tiers"], /Say what to import/],
    [["import", "tiers", "a.csv", "--mapping", "m.yaml"], /--mapping/],
    [["import", "tiers", "a.csv", "--complete-through", "soon"], /--complete-through/],
    [["import", "tiers", "a.csv", "--mode", "append"], /upsert/],
    [["demo", "--port", "eighty"], /--port/],
  ])("%j", (args, words) => expectComplaint(args, 2, words));
});
