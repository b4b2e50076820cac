/** What a person writes wrong, and what they are told: where, what is wanted, and the nearest of it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tellConfigFaults } from "../../src/cli/tell-start-fault.ts";
import { loadConfig } from "../../src/config/index.ts";
import { tellImportFault } from "../../src/ingest/index.ts";
import { parseMapping } from "../../src/ingest/mapping/read-mapping.ts";
import { readDefinitions } from "../../src/metrics/catalogue/index.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wrong-settings-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a schema library says by itself, which is nobody's language. */
const rawWords =
  /invalid (input|key|option)|expected \w+, received|too (big|small):|undefined|unrecognized/i;

function toldOf(env: Record<string, string>, yaml: string): string[] {
  writeFileSync(path.join(folder, "kpi.yaml"), yaml);
  const config = loadConfig(env, folder);
  return config.ok ? [] : tellConfigFaults(config.fault).split("\n");
}

describe("kpi.yaml", () => {
  test.each<[yaml: string, told: RegExp]>([
    [
      "currency: USD\nscorcard: {}\n",
      /^kpi\.yaml:2 scorcard: "scorcard" is no key here\. Did you mean "scorecard"\? Keys: time_zone, /,
    ],
    ["timezone: UTC\n", /^kpi\.yaml:1 timezone: .*Did you mean "time_zone"\?/],
    [
      "scorecard:\n  channels: [slack:C0]\n  att: '09:00'\n",
      /^kpi\.yaml:3 scorecard\.att: .*Did you mean "at"\? Keys: channels, day, at, hold_until, metrics\./,
    ],
    [
      "channels:\n  slack:C0:\n    sensitve: true\n",
      /^kpi\.yaml:3 channels\.slack:C0\.sensitve: .*Did you mean "sensitive"\? Keys: sensitive, guests, external, reply, muted/,
    ],
    [
      "teams:\n  GTM: {channel: [slack:C0]}\n",
      /^kpi\.yaml:2 teams\.GTM\.channel: .*Did you mean "channels"\?/,
    ],
    [
      "metrics: {adoption: {week: 7}}\n",
      /^kpi\.yaml:1 metrics\.adoption\.week: .*Did you mean "weeks"\? Keys: weeks, of/,
    ],
    [
      "teams:\n  gtm: {}\n",
      /^kpi\.yaml:2 teams\.gtm: a key here must be a team's name in capitals, such as GTM/,
    ],
    [
      "channels:\n  '#general': {}\n",
      /^kpi\.yaml:2 channels\.#general: a key here must be slack:<id> or discord:<id>, by the id and not the name/,
    ],
    [
      "channels: {slack:C0: {sensitive: yes}}\n",
      /^kpi\.yaml:1 channels\.slack:C0\.sensitive: must be true or false/,
    ],
    [
      "channels: {slack:C0: {reply: privat}}\n",
      /^kpi\.yaml:1 .*reply: must be one of public, private\. Did you mean "private"\? [^.]/,
    ],
    [
      "week_starts: Monday\n",
      /^kpi\.yaml:1 week_starts: must be one of monday, .*sunday\. Did you mean "monday"\?/,
    ],
    [
      "scorecard: {at: 9}\n",
      /^kpi\.yaml:1 scorecard\.at: must be a time such as "09:00", in quotes/,
    ],
    ["scorecard: {at: 9:00}\n", /^kpi\.yaml:1 scorecard\.at: must be a time such as "09:00"/],
    [
      "scorecard: {channels: slack:C0ALL}\n",
      /^kpi\.yaml:1 scorecard\.channels: must be a list, such as \[first, second\]/,
    ],
    [
      "scorecard: {channels: [C0ALL]}\n",
      /^kpi\.yaml:1 scorecard\.channels\.0: must be slack:<id> or discord:<id>/,
    ],
    [
      "scorecard: {at: '09:00', hold_until: '08:00'}\n",
      /^kpi\.yaml:1 scorecard\.hold_until: must be no earlier than scorecard\.at/,
    ],
    [
      "scorecard:\n",
      /^kpi\.yaml:1 scorecard: is empty; it must be a block with the keys channels, .*or leave the key out/,
    ],
    [
      "scorecard: [slack:C0]\n",
      /^kpi\.yaml:1 scorecard: must be a block with the keys channels, day/,
    ],
    [
      "channels:\n  slack:C0: {sensitive: true, external: true}\n",
      /^kpi\.yaml:2 channels\.slack:C0\.external: must be not where sensitive is true/,
    ],
    ["fiscal_year_starts: 13\n", /^kpi\.yaml:1 fiscal_year_starts: must be from 1 to 12/],
    ["fiscal_year_starts: January\n", /^kpi\.yaml:1 fiscal_year_starts: must be a whole number/],
    [
      "metrics: {acquisition_days: 0}\n",
      /^kpi\.yaml:1 metrics\.acquisition_days: must be more than 0/,
    ],
    [
      "metrics: {acquisition_days: 1.5}\n",
      /^kpi\.yaml:1 metrics\.acquisition_days: must be a whole number/,
    ],
    [
      "metrics: {adoption: {weeks: 20, of: 13}}\n",
      /^kpi\.yaml:1 metrics\.adoption\.weeks: must be at most metrics\.adoption\.of/,
    ],
    ["currency: dollars\n", /^kpi\.yaml:1 currency: must be an ISO currency code such as USD/],
    ["locale: english please\n", /^kpi\.yaml:1 locale: must be a locale such as en-GB/],
    [
      "time_zone: CET+1h\n",
      /^kpi\.yaml:1 time_zone: must be an IANA time zone such as Europe\/London/,
    ],
    ["owner: '@ana'\n", /^kpi\.yaml:1 owner: must be slack:<id> or discord:<id>/],
    [
      "sources: {from: ./exports}\n",
      /^kpi\.yaml:1 sources\.every: is missing; it must be a time such as "09:00"/,
    ],
    ["- time_zone: UTC\n", /^kpi\.yaml:1: must be a block with the keys time_zone, /],
    ["a: 1\na: 2\n", /^kpi\.yaml:2: the key "a" comes twice/],
    ["scorecard: {channels: [slack:C0]\n", /^kpi\.yaml:\d/],
  ])("%j", (yaml, told) => {
    const lines = toldOf({}, yaml);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(told);
    expect(lines[0]).not.toMatch(rawWords);
  });
});

describe("the environment", () => {
  test.each<[name: string, value: string, told: RegExp]>([
    ["PORT", "eighty", /^PORT: must be a port from 0 to 65535/],
    ["PORT", "70000", /^PORT: must be a port from 0 to 65535/],
    ["ADMIN_PORT", "-1", /^ADMIN_PORT: must be a port/],
    ["LOG_LEVEL", "verbose", /^LOG_LEVEL: must be one of debug, info, warn, error, silent/],
    [
      "DATABASE_URL",
      "mysql://ana:hunter2@db/kpi",
      /^DATABASE_URL: must be an address such as postgres:\/\//,
    ],
    [
      "DATABASE_URL",
      "postgres://ana:hunter2@db:x/kpi",
      /^DATABASE_URL: must be an address: .*%40 for @/,
    ],
    [
      "SLACK_API_URL",
      "slack.example.com",
      /^SLACK_API_URL: must be an http:\/\/ or https:\/\/ address/,
    ],
    ["DISCORD_API_URL", "ftp://x", /^DISCORD_API_URL: must be an http:\/\/ or https:\/\/ address/],
    ["KPI_NOW", "2026-11-16", /^KPI_NOW: must be an instant such as 2026-11-16T09:00:00Z/],
    ["DISCORD_TOKEN", "hunter2 x", /^DISCORD_TOKEN: must be without a space/],
    [
      "DISCORD_TOKEN_FILE",
      "/nowhere/hunter2",
      /^DISCORD_TOKEN_FILE: the file that it names cannot be read/,
    ],
  ])("%s=%s", (name, value, told) => {
    const lines = toldOf({ [name]: value }, "");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(told);
    expect(lines[0]).not.toMatch(rawWords);
    expect(lines[0]).not.toContain("hunter2");
  });
});

describe("a mapping", () => {
  test.each<[yaml: string, told: RegExp]>([
    [
      "table: {}\n",
      /^m\.yaml:1:1 {2}table: "table" is no key here\. Did you mean "tables"\? Keys: files, tables, checks/m,
    ],
    [
      "tables: {}\nfiles:\n  A B: a.csv\n",
      /^m\.yaml:3:3 {2}files\.A B: a key here must be a name of lower case letters/m,
    ],
    [
      "tables:\n  tiers: {sql: ''}\n",
      /^m\.yaml:2:16 {2}tables\.tiers\.sql: must be something: it is empty/m,
    ],
    ["tables:\n  tiers: {mode: upsert}\n", /^m\.yaml:2:10 {2}tables\.tiers\.sql: is missing/m],
    [
      "tables: {}\nfiles:\n  crm: {fil: a.csv}\n",
      /^m\.yaml:3:9 {2}files\.crm\.fil: .*Did you mean "file"\? Keys: file, left_out/m,
    ],
    [
      "tables: {}\nfiles:\n  crm: [a.csv]\n",
      /^m\.yaml:3:8 {2}files\.crm: must be a text.* or a block with the keys file, left_out/m,
    ],
  ])("%j", (yaml, told) => {
    const read = parseMapping(yaml, "m.yaml");
    if (read.ok) throw new Error("read");
    const words = tellImportFault(read.fault);
    expect(words).toMatch(told);
    expect(words).not.toMatch(rawWords);
  });
});

describe("a metric's definition", () => {
  const metric =
    "- id: mine\n  name: Mine\n  layer: success\n  owners: [CS]\n  unit: count\n  direction: up\n  dimensions: []\n  aggregation: sum\n  test: flow\n  sensitive: false\n  tier: none\n  what: x\n  numerator: x\n  sql: SELECT w.a, 1 AS num, 1 AS n FROM w\n";
  test.each<[from: string, to: string, told: RegExp]>([
    ["  name: Mine\n", "", /^1:3 mine\.name: is missing; it must be a text/m],
    [
      "direction: up",
      "direction: upp",
      /^6:14 mine\.direction: must be one of up, down, neutral\. Did you mean "up"\?/m,
    ],
    ["owners: [CS]", "owners: CS", /^4:11 mine\.owners: must be a list/m],
    [
      "sensitive: false",
      "sensitve: false",
      /^10:3 mine\.sensitve: "sensitve" is no key here\. Did you mean "sensitive"\?/m,
    ],
    [
      "test: flow",
      "test: flow\n  lag: soon",
      /^10:8 mine\.lag: must be a whole number or adoption_of/m,
    ],
    [
      "test: flow",
      "test: flow\n  parts: {a: {weeksago: 1}}",
      /^10:15 mine\.parts\.a\.weeksago: .*Did you mean "weeks_ago"\? Keys: metric, weeks_ago/m,
    ],
    ["test: flow", "test: flow\n  quantile: 2", /^10:13 mine\.quantile: must be less than 1/m],
    ["id: mine", "id: My metric", /^1:7 My metric\.id: must be lower case letters, digits and _/m],
  ])("%j written as %j", (from, to, told) => {
    expect(metric).toContain(from);
    const read = readDefinitions("own.yaml", metric.replace(from, to));
    if (read.ok) throw new Error("read");
    const words = read.fault.map(({ line, column, problem }) => `${line}:${column} ${problem}`);
    expect(words.join("\n")).toMatch(told);
    for (const each of words) expect(each).not.toMatch(rawWords);
  });
});

test("a load from one's own database without its address and without a mapping", () => {
  const yaml = 'sources: {every: "06:00", from: SOURCE_DATABASE_URL}\n';
  expect(toldOf({}, yaml)).toEqual([
    expect.stringMatching(
      /^SOURCE_DATABASE_URL: it is missing, and kpi\.yaml:1 sources\.from reads/,
    ),
    expect.stringMatching(/^kpi\.yaml:1 sources\.from: no mapping says how .* kpi\.yaml, mapping/),
  ]);
  const wrong = toldOf({ SOURCE_DATABASE_URL: "mysql://secret" }, `${yaml}mapping: m.yaml\n`);
  expect(wrong).toEqual([
    expect.stringMatching(/^SOURCE_DATABASE_URL: must be an address such as/),
  ]);
});

test("all that is wrong in the environment and in kpi.yaml is told at once", () => {
  const yaml = "time_zone: Mars\nscorecard: {at: 9, day: funday}\nchanels: {}\nteams: {gtm: {}}\n";
  const lines = toldOf({ PORT: "x", LOG_LEVEL: "loud", SLACK_BOT_TOKEN: "xoxb-1" }, yaml);
  expect(lines.map((line) => line.split(": ")[0])).toEqual([
    "PORT",
    "LOG_LEVEL",
    "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET",
    "kpi.yaml:1 time_zone",
    "kpi.yaml:2 scorecard.at",
    "kpi.yaml:2 scorecard.day",
    "kpi.yaml:3 chanels",
    "kpi.yaml:4 teams.gtm",
  ]);
});
