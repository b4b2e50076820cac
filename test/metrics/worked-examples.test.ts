import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { catalogueOf, defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { addWeeks, answerMetric, refresh } from "../../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { hasShared, readShared } from "../support/shared.ts";

const row = z.record(z.string(), z.unknown());
const rows = z.record(z.string(), z.array(row));
const exampleFile = z.object({
  base_rows: rows,
  metrics: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      b: z.string(),
      tz: z.string(),
      rows,
      expect: z.array(
        z.object({
          metric: z.string(),
          k: z.union([z.number(), z.string()]),
          num: z.number().nullable(),
          den: z.number().nullable(),
          value: z.number().nullable(),
        }),
      ),
    }),
  ),
});

const file = "metrics/examples.json";
const there = hasShared(file);
const { base_rows, metrics } = there
  ? exampleFile.parse(JSON.parse(readShared(file)))
  : { base_rows: {}, metrics: [] };

/** As exact as the examples are written: 5 in a million. */
function near(value: number | null): unknown {
  return value === null
    ? null
    : expect.closeTo(value, 5 - Math.ceil(Math.log10(Math.abs(value) + 1e-9)));
}

describe.skipIf(!there)("the worked examples of METRICS.md 5.1", async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  const known = new Set(loaded.value.metrics.map((metric) => metric.id));
  let fresh: FreshDatabase | undefined;
  afterEach(() => fresh?.close());

  const cases = metrics.filter((example) =>
    example.expect.some((entry) => known.has(entry.metric)),
  );
  test.each(cases.map((example) => [`${example.id} ${example.title}`, example] as const))(
    "%s",
    async (_, example) => {
      fresh = await freshDatabase();
      const { db } = fresh;
      const settings = { ...defaultSettings, timeZone: example.tz };
      const catalogue = await loadCatalogue(settings);
      if (!catalogue.ok) throw new Error("no catalogue");
      await putRows(db, base_rows);
      await putRows(db, example.rows);
      await completeThrough(db, `${example.b}T12:00Z`);
      await refresh(db, settings, catalogueOf(catalogue.value.metrics));
      for (const expected of example.expect.filter((entry) => known.has(entry.metric))) {
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
