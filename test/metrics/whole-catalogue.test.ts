/** What ships is the whole of the framework, and the page about it says nothing else. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { metricsPage } from "../../scripts/metrics-page.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { hasShared, readShared } from "../support/shared.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const catalogue = loaded.value;

test("docs/metrics.md is what scripts/write-metrics-docs.ts writes", () => {
  const page = path.resolve(import.meta.dirname, "../../docs/metrics.md");
  expect(readFileSync(page, "utf8")).toBe(metricsPage(catalogue));
});

test("each metric stands under a group or a driver, and each driver has some", () => {
  const page = metricsPage(catalogue);
  for (const { id } of catalogue.metrics) expect(page).toContain(`<a id="${id}"></a>`);
  expect(catalogue.drivers.filter(({ metrics }) => metrics.length === 0)).toEqual([]);
});

const shipped = "metrics/catalogue.json";
const specified = z.object({
  metrics: z.array(z.object({ id: z.string(), owners: z.string() })),
  drivers: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      owner: z.string(),
      success: z.string(),
      metrics: z.array(z.string()),
    }),
  ),
});

/** `PRD (+GTM, CS)`, `CS + ENG`: the teams in order. */
function teamsOf(owners: string): string[] {
  return [...new Set(owners.match(/GTM|PRD|ENG|CS/g) ?? [])];
}

test.skipIf(!hasShared(shipped))("the metrics are exactly those of the specification", () => {
  const { metrics } = specified.parse(JSON.parse(readShared(shipped)));
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id).sort();
  expect(ids(catalogue.metrics)).toEqual(ids(metrics));
});

test.skipIf(!hasShared(shipped))("so are the drivers, with their owners and metrics", () => {
  const { drivers } = specified.parse(JSON.parse(readShared(shipped)));
  expect(catalogue.drivers.map(({ code }) => code)).toEqual(drivers.map(({ code }) => code));
  for (const { code, name, owner, success, metrics } of drivers) {
    const driver = catalogue.drivers.find((each) => each.code === code);
    expect({ code, name: driver?.name, parent: driver?.parent, owners: driver?.owners }).toEqual({
      code,
      name,
      parent: success,
      owners: teamsOf(owner),
    });
    expect(driver?.metrics).toEqual(expect.arrayContaining(metrics));
  }
});
