import { beforeAll, expect, test } from "vitest";
import { defaultSettings, loadCatalogue, type Metric } from "../../src/metrics/catalogue/index.ts";
import { tellDefinition } from "../../src/wording/tell-definition.ts";
import { english } from "./an-answer.ts";

let metrics: readonly Metric[];
beforeAll(async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error("the catalogue is wrong");
  metrics = loaded.value.metrics;
});

function define(id: string): string {
  const metric = metrics.find((each) => each.id === id);
  if (metric === undefined) throw new Error(`no metric ${id}`);
  return JSON.stringify(tellDefinition(metric, [], "UTC", english));
}

test("a definition says what is tested, and what the words of its verdict mean", () => {
  expect(define("adoption_rate")).toContain("a share of units (prop), from a sample of 30");
  expect(define("adoption_rate")).toContain("Worth asking why.");
});

test("a definition that asks for no test says so, and explains no verdict", () => {
  expect(define("ytd_revenue")).toContain("not tested: the definition asks for no test");
  expect(define("ytd_revenue")).not.toContain("Worth asking why.");
});
