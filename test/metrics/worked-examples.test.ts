import { afterEach, describe, expect, test } from "vitest";
import {
  type Catalogue,
  catalogueOf,
  defaultSettings,
  loadCatalogue,
  type Metric,
} from "../../src/metrics/catalogue/index.ts";
import { addWeeks, answerMetric, type QueryFault, refresh } from "../../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { examples } from "./specification/specification.ts";

/** As exact as the examples are written: 5 in a million. */
function near(value: number | null): unknown {
  return value === null
    ? null
    : expect.closeTo(value, 5 - Math.ceil(Math.log10(Math.abs(value) + 1e-9)));
}

/** An example computes what it asks about, not a hundred others. */
function withParts(catalogue: Catalogue, ids: readonly string[]): Metric[] {
  const metrics = ids.flatMap((id) => catalogue.get(id) ?? []);
  const parts = metrics.flatMap((metric) => metric.parts.map((part) => part.metric));
  const shipped = parts.filter((part) => !part.partOnly).map(({ id }) => id);
  return [...metrics, ...(shipped.length > 0 ? withParts(catalogue, shipped) : [])];
}

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const shipped = new Set(loaded.value.metrics.map(({ id }) => id));
const worked = examples.examples
  .map((example) => ({
    ...example,
    expect: example.expect.filter(({ metric }) => shipped.has(metric)),
  }))
  .filter((example) => example.expect.length > 0);

function lacksRows(fault: QueryFault): boolean {
  return fault.kind === "no_data" && fault.sources.length === 0 && fault.needs.length > 0;
}

describe("the worked examples of METRICS.md 5.1", () => {
  let fresh: FreshDatabase | undefined;
  afterEach(() => fresh?.close());

  test.each(worked.map((example) => [`${example.id} ${example.title}`, example] as const))(
    "%s",
    async (_, example) => {
      fresh = await freshDatabase();
      const { db } = fresh;
      const settings = { ...defaultSettings, timeZone: example.tz };
      const catalogue = await loadCatalogue(settings);
      if (!catalogue.ok) throw new Error("no catalogue");
      await putRows(db, examples.base_rows);
      await putRows(db, example.rows);
      await completeThrough(db, `${example.b}T12:00Z`);
      const asked = example.expect.map(({ metric }) => metric);
      await refresh(db, settings, catalogueOf(withParts(catalogue.value, asked)));
      for (const expected of example.expect) {
        const query = {
          metric: expected.metric,
          filters: {},
          by: null,
          week: addWeeks(example.b, -1),
          // "YTD" and its like: the metric has a window of its own.
          windowWeeks: typeof expected.k === "number" ? expected.k : null,
          lastWeeks: 2,
          cohort: null,
          versus: "prev" as const,
        };
        const counted: unknown[] = [];
        for (const exact of [false, true]) {
          const answer = await answerMetric(
            { db, catalogue: catalogue.value, settings },
            query,
            exact,
          );
          // What the specification counts as nought of no rows is told as rows that are lacking.
          if (!answer.ok && lacksRows(answer.fault)) {
            expect.soft([0, null]).toContain(expected.value);
            continue;
          }
          if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
          const { value, num, den, n } = answer.value.figures;
          counted.push({ metric: expected.metric, n, flags: answer.value.flags });
          expect.soft({ metric: expected.metric, exact, value, num, den }).toEqual({
            metric: expected.metric,
            exact,
            value: near(expected.value),
            num: near(expected.num),
            den: near(expected.den),
          });
        }
        // The examples give neither how many units there are nor the flags: both ways agree on them.
        expect.soft(counted[0]).toEqual(counted[1]);
      }
    },
  );
});
