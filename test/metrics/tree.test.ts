/** Drivers, teams and groups: what ships, and how a company adds its own or replaces them. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";

let folder = "";
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(text: string) {
  folder = await mkdtemp(path.join(tmpdir(), "tree-"));
  await writeFile(path.join(folder, "own.yaml"), text);
  return loadCatalogue(defaultSettings, [folder]);
}

async function loaded(text: string) {
  const catalogue = await load(text);
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.fault));
  return catalogue.value;
}

test("the shipped drivers stand under the success metrics, with the metrics that name them", async () => {
  const { drivers, teams, groups } = await loaded("[]");
  expect(drivers).toHaveLength(18);
  expect(teams.map(({ team }) => team)).toEqual(["GTM", "PRD", "ENG", "CS"]);
  expect(groups.map(({ group }) => group)).toEqual(["R", "C", "P"]);
  const reliability = drivers.find(({ code }) => code === "C.6.1");
  expect(reliability).toMatchObject({
    name: "Platform Reliability",
    parent: "customer_satisfaction_score",
    owners: ["ENG"],
  });
  expect(reliability?.metrics).toEqual(expect.arrayContaining(["error_rate", "latency_p99"]));
});

test("a company's own driver stands beside the shipped ones, under its own team", async () => {
  const catalogue = await loaded(`
- { team: DATA, name: Data platform }
- driver: C.3.4
  name: Connectors
  what: Sources that customers connect.
  parent: adoption_rate
  owners: [DATA]
  metrics: [active_accounts, error_rate]
`);
  expect(catalogue.drivers).toHaveLength(19);
  expect(catalogue.drivers.at(-1)?.metrics).toEqual(["active_accounts", "error_rate"]);
  expect(catalogue.get("error_rate")?.parents).toEqual(["P", "C.6.1", "C.3.4"]);
});

test("a driver that lists its metrics replaces the shipped one and what stood under it", async () => {
  const catalogue = await loaded(`
- driver: C.6.1
  name: Answers
  what: How well we answer.
  parent: customer_satisfaction_score
  owners: [CS, ENG]
  metrics: [ticket_resolution_time]
`);
  expect(catalogue.drivers).toHaveLength(18);
  expect(catalogue.drivers.find(({ code }) => code === "C.6.1")?.name).toBe("Answers");
  expect(catalogue.get("error_rate")?.parents).toEqual(["P"]);
  expect(catalogue.get("ticket_resolution_time")?.parents).toContain("C.6.1");
});

test("what a driver or a metric names and is not there is told with file, line and what was meant", async () => {
  const catalogue = await load(`
- driver: C.3.4
  name: Connectors
  what: Sources that customers connect.
  parent: adoption_rat
  owners: [ENGG]
  metrics: [error_rat]
- driver: C.3
  name: Taken
  what: A code that a metric has.
  parent: adoption_rate
  owners: [ENG]
`);
  if (catalogue.ok) throw new Error("loaded");
  const told = catalogue.fault.map(
    ({ file, line, problem }) => `${path.basename(file)}:${line} ${problem}`,
  );
  expect(told).toEqual([
    'own.yaml:5 C.3.4.parent: there is no metric adoption_rat. Did you mean "adoption_rate"?',
    expect.stringMatching(
      /^own\.yaml:6 C\.3\.4\.owners: there is no team ENGG\. Did you mean "ENG"\?/,
    ),
    'own.yaml:7 C.3.4.metrics: there is no metric error_rat. Did you mean "error_rate"?',
    "own.yaml:8 C.3.driver: adoption_rate is already called so",
  ]);
});

test("a wrong key of a driver is told with those that it has", async () => {
  const catalogue = await load("- { driver: C.9, title: x, what: y, parent: mrr, owners: [CS] }");
  if (catalogue.ok) throw new Error("loaded");
  expect(catalogue.fault.map(({ problem }) => problem)).toEqual(
    expect.arrayContaining([
      'C.9.title: "title" is no key here. Keys: driver, name, what, parent, owners, metrics',
    ]),
  );
});
