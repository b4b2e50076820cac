/** Whoever mends definitions is told all that is wrong with all files at once, each where it is. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { aMetric } from "./asked-company.ts";

let folder = "";
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As `file:line problem`. */
async function faultsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  folder = await mkdtemp(path.join(tmpdir(), "faults-"));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const loaded = await loadCatalogue(defaultSettings, [folder]);
  return loaded.ok
    ? []
    : loaded.fault.map(({ file, line, problem }) => `${path.basename(file)}:${line} ${problem}`);
}

const units = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a)`;

const matching = (...patterns: RegExp[]) => patterns.map((each) => expect.stringMatching(each));

test("shape, meaning and links of one entry are told together, each at its key", async () => {
  const text = aMetric(`${units}; SELECT 1`, {
    unit: "7",
    owners: "[NOBODY]",
    parents: "[C.9.9]",
    links: '["https://x.example/{nothing}"]',
    wndow: "4",
    reads: "[accounts, ticket]",
  });
  const line = (key: string) => text.split("\n").findIndex((each) => each.startsWith(`  ${key}:`));
  const at = (key: string) => `own.yaml:${line(key) + 1}`;
  expect(await faultsOf({ "own.yaml": text })).toEqual(
    matching(
      new RegExp(`^${at("owners")} own_metric.owners: there is no team NOBODY`),
      new RegExp(`^${at("unit")} own_metric.unit: must be a text`),
      new RegExp(`^${at("reads")} own_metric.reads: there is no source table ticket`),
      new RegExp(`^${at("reads")} own_metric.reads: the SQL reads tickets, so add tickets`),
      new RegExp(`^${at("parents")} own_metric.parents: there is no group, driver or metric C.9.9`),
      new RegExp(`^${at("links")} own_metric.links: .*{nothing} cannot be filled in`),
      new RegExp(`^${at("wndow")} own_metric.wndow: "wndow" is no key here. Did you mean "window"`),
      new RegExp(`^${at("sql")} own_metric.sql: one SELECT, without a semicolon`),
    ),
  );
});

test("what rests on a faulty key is left unsaid until that is mended", async () => {
  const wrong = { tier: "nobody", dimensions: "source" };
  expect(await faultsOf({ "own.yaml": aMetric(units, wrong) })).toEqual(
    matching(/own_metric.dimensions: must be a list/, /own_metric.tier: must be one of/),
  );
});

test("an entry that has faults, or stands in a file that is no YAML, is missed by no other", async () => {
  const whole = `
- team: DATA
- driver: C.3.4
  name: Connectors
  what: Sources.
  parent: adoption_rate
  owners: [DATA, OPS]
  metrics: [own_metric, broken_one, absent_one]
- id: twice_that
  name: Twice
  layer: actionable
  owners: [DATA]
  unit: count
  direction: up
  dimensions: [source]
  aggregation: derived
  parts: { one: { metric: own_metric }, other: { metric: broken_one } }
  derive: { value: one.num * 2, num: others.num }
  test: null
  sensitive: false
  tier: event
  what: x
  numerator: x
`;
  const broken = `- { team: OPS, name: Operations }\n- id: broken_one\n  name: [\n`;
  const told = await faultsOf({
    "a.yaml": whole,
    "b.yaml": broken,
    "c.yaml": aMetric(units, { dimensions: "7" }),
  });
  expect(told.map((each) => each.split(":")[0])).toEqual(
    ["a", "a", "a", "b", "c"].map((name) => `${name}.yaml`),
  );
  expect(told).toEqual(
    matching(
      /^a.yaml:2 DATA.name: is missing/,
      /^a.yaml:8 C.3.4.metrics: there is no metric absent_one/,
      /^a.yaml:18 twice_that.derive: others: no such part/,
      /^b.yaml:\d/,
      /^c.yaml:8 own_metric.dimensions: must be a list/,
    ),
  );
});

test("one that stands in two files of a folder is told where it was first", async () => {
  const files = { "a.yaml": aMetric(units), "b.yaml": `\n${aMetric(units)}` };
  expect(await faultsOf(files)).toEqual(["b.yaml:3 own_metric: is in a.yaml:2 already"]);
});

test("a key that is called like what every object has is a key like any other", async () => {
  expect(await faultsOf({ "own.yaml": "- constructor: x\n" })).toContainEqual(
    expect.stringMatching(/own.yaml:1 entry 1.constructor: "constructor" is no key here/),
  );
});
