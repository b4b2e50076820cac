import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.ts";
import { scorecard } from "./weekly-figures.ts";

const root = path.resolve(import.meta.dirname, "../..");
const loaded = loadConfig({ KPI_CONFIG: path.join(root, "demo/kpi.yaml") }, root);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const { company } = loaded.value;

test("one channel of the demo may see sensitive metrics, the others may not", () => {
  const teams = Object.values(company.teams).flatMap((team) => team.channels);
  const all = new Set([...company.scorecard.channels, ...teams]);
  const open = [...all].filter((channel) => company.channels[channel]?.sensitive);
  expect(open).toEqual(["slack:C0LEAD"]);
  expect(all.size).toBeGreaterThanOrEqual(6);
});

test("the demo's scorecard has the ten metrics whose Monday the tests prove", () => {
  expect(company.scorecard.metrics).toEqual(Object.keys(scorecard));
});

test("each of the four teams has a channel", () => {
  expect(Object.keys(company.teams).sort()).toEqual(["CS", "ENG", "GTM", "PRD"]);
  for (const team of Object.values(company.teams)) expect(team.channels).not.toEqual([]);
});
