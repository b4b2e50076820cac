import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { demoCompany, writeCompany } from "../../demo/company/index.ts";
import { type CommandContext, dispatch } from "../../src/commands/index.ts";
import { importFolder, tellImportFault } from "../../src/ingest/index.ts";
import { silentLog } from "../../src/log.ts";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
} from "../../src/metrics/catalogue/index.ts";
import { addWeeks, answerMetric, type MetricQuery, refresh } from "../../src/metrics/index.ts";
import {
  createSpecification,
  inSpecification,
  specifiedFigures,
  specifiedSql,
} from "../metrics/specification/specification.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { someRules } from "../support/some-rules.ts";

const MONDAY = Temporal.Instant.from("2026-11-16T00:00:00Z");
const NEWEST = "2026-11-09";

let fresh: FreshDatabase;
let catalogue: Catalogue;

beforeAll(async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  catalogue = loaded.value;
  const folder = await mkdtemp(path.join(tmpdir(), "whole-company-"));
  fresh = await freshDatabase({ statementTimeoutMs: 0, settings: { "kpi.tz": "UTC" } });
  try {
    await writeCompany(folder, demoCompany);
    const imported = await importFolder(fresh.db, {
      folder,
      mode: "upsert",
      completeThrough: MONDAY,
      now: MONDAY,
      timeZone: "UTC",
    });
    if (!imported.ok) throw new Error(tellImportFault(imported.fault));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const started = performance.now();
  const report = await refresh(fresh.db, defaultSettings, catalogue);
  process.stdout.write(
    `120 weeks of ${catalogue.metrics.length} metrics: ${report.weeks} metric weeks in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
}, 900_000);
afterAll(() => fresh?.close());

async function ask(query: Partial<MetricQuery> & { metric: string }, exact: boolean) {
  const full = {
    filters: {},
    by: null,
    week: null,
    windowWeeks: null,
    lastWeeks: 1,
    cohort: null,
    versus: "prev" as const,
    ...query,
  };
  const answer = await answerMetric(
    { db: fresh.db, catalogue, settings: defaultSettings },
    full,
    exact,
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  return answer.value;
}

/** Segments in an order of their own, so that ties of size do not matter. */
function bySegment(answer: Awaited<ReturnType<typeof ask>>) {
  return [...(answer.breakdown?.segments ?? [])].sort((a, b) => (a.segment < b.segment ? -1 : 1));
}

/** Of quantiles, histograms and what is derived or reported the parts say nothing about the whole. */
function addsUp(metric: Catalogue["metrics"][number]): boolean {
  return metric.quantile === undefined && !["derived", "reported"].includes(metric.aggregation);
}

/** What is read alike is compared once: the verdicts of filtered questions walk all weeks of the sources. */
function isFirstOfItsShape(
  metric: Catalogue["metrics"][number],
  _: number,
  metrics: Catalogue["metrics"],
): boolean {
  const shape = ({ aggregation, values, n, tier, overlapping }: typeof metric): string =>
    JSON.stringify([aggregation, values, n, tier === "none", overlapping.length > 0]);
  return metrics.find((other) => shape(other) === shape(metric)) === metric;
}

/** Two values of its first dimension, as a filter; none where it has no dimension. */
async function twoSegments({
  id: metric,
  dimensions: [by],
}: Catalogue["metrics"][number]): Promise<Record<string, string[]>> {
  if (by === undefined) return {};
  const segments = bySegment(await ask({ metric, by }, false));
  return { [by]: segments.slice(0, 2).map(({ segment }) => segment) };
}

describe("the demo company's metrics", () => {
  const metrics = (): Catalogue["metrics"] => catalogue.metrics;

  test("from the cells equal the source tables, by dimensions in turn", {
    timeout: 300_000,
  }, async () => {
    let compared = 0;
    for (const [m, metric] of metrics().entries()) {
      for (const [i, by] of metric.dimensions.entries()) {
        // Dimensions and weeks in turn: the sources are read whole for each.
        if ((i + m) % 3 > 0) continue;
        const query = { metric: metric.id, by, week: addWeeks(NEWEST, -10 * i) };
        const [cells, exact] = [await ask(query, false), await ask(query, true)];
        expect(bySegment(cells), `${metric.id} by ${by}`).toEqual(bySegment(exact));
        expect(cells.figures).toEqual(exact.figures);
        compared += bySegment(cells).length;
      }
    }
    process.stdout.write(`${compared} segments equal --exact\n`);
  });

  test("filtered by one, two and several values equal the source tables, series, change and verdict included", {
    timeout: 300_000,
  }, async () => {
    for (const metric of metrics().filter(isFirstOfItsShape)) {
      const own = metric.dimensions.includes("tier")
        ? { tier: ["pro", "enterprise"] }
        : await twoSegments(metric);
      const two = ["source", "segment"].every((name) => metric.dimensions.includes(name))
        ? { source: ["conference"], segment: ["smb"] }
        : own;
      const questions: [Record<string, string[]>, number | null][] = [
        [two, null],
        [own, 4],
      ];
      for (const [filters, windowWeeks] of questions) {
        const query = { metric: metric.id, filters, windowWeeks, lastWeeks: 6 };
        const [cells, exact] = [await ask(query, false), await ask(query, true)];
        expect(cells, `${metric.id} ${JSON.stringify(filters)} ${windowWeeks}`).toEqual(exact);
      }
    }
  });

  test("of the segments of a sum or a ratio, num and den add up to the total", async () => {
    for (const metric of metrics().filter(addsUp)) {
      const total = await ask({ metric: metric.id }, false);
      for (const by of metric.dimensions.filter((name) => !metric.overlapping.includes(name))) {
        const segments = bySegment(await ask({ metric: metric.id, by }, false));
        const sum = (of: (segment: (typeof segments)[number]) => number | null): number =>
          segments.reduce((all, segment) => all + (of(segment) ?? 0), 0);
        expect(
          sum((segment) => segment.num),
          `${metric.id} by ${by}`,
        ).toBeCloseTo(total.figures.num ?? 0, 4);
        if (metric.denominator !== null)
          expect(sum((segment) => segment.den)).toBeCloseTo(total.figures.den ?? 0, 4);
      }
    }
  });

  test("unfiltered equal the specification's SQL, run as given, week by week", {
    timeout: 600_000,
  }, async () => {
    await createSpecification(fresh.db);
    let weeks = 0;
    for (const [m, metric] of metrics()
      .filter(({ id }) => id in specifiedSql)
      .entries()) {
      const query = { metric: metric.id, lastWeeks: 120, windowWeeks: metric.window };
      const { series } = await ask(query, false);
      expect(series).toHaveLength(120);
      // The newest, and others in turn: a week of the whole catalogue takes seconds.
      const held = series.filter((_, i) => i >= 118 || (i + m) % 15 === 0);
      await inSpecification(fresh.db, defaultSettings, MONDAY.toString(), async (sql) => {
        for (const { week, num, den, value, n } of held) {
          const expected = await specifiedFigures(sql, metric.id, week, metric.window);
          // The specification divides by more digits than a float has.
          const near = expected.value;
          expect(
            { num: num ?? 0, den: den ?? 0, value, n: n ?? 0 },
            `${metric.id} ${week}`,
          ).toEqual({
            num: expect.closeTo(expected.num ?? 0, 6),
            den: expect.closeTo(expected.den ?? 0, 6),
            value: near === null ? null : expect.closeTo(near, near > 1000 ? 3 : 9),
            n: expected.n,
          });
          weeks++;
        }
      });
    }
    process.stdout.write(`${weeks} metric weeks equal the catalogue's SQL\n`);
  });

  test("kpi query --json has the shape of the contract, numbers unrounded", async () => {
    const context: CommandContext = {
      metrics: { db: fresh.db, catalogue, settings: defaultSettings },
      rules: someRules(),
      voice: { locale: "en-GB", currency: "USD" },
      theme: "light",
      scorecard: [],
      prefix: "kpi query",
      log: silentLog,
    };
    const told = await dispatch(context, "adoption tier=pro by source", {
      caller: { kind: "terminal" },
      now: MONDAY,
      exact: false,
      week: null,
    });
    if (!told.ok) throw new Error(JSON.stringify(told.fault));
    const number = z.number().nullable();
    const figures = { value: number, num: number, den: number, n: number };
    z.strictObject({
      metric: z.literal("adoption_rate"),
      name: z.string(),
      unit: z.literal("percent"),
      direction: z.literal("up"),
      week: z.literal("2026-W46"),
      week_start: z.literal(NEWEST),
      cohort_week: z.literal("2026-W33"),
      window_weeks: z.literal(1),
      filters: z.strictObject({ tier: z.tuple([z.literal("pro")]) }),
      time_zone: z.literal("UTC"),
      as_of: z.literal("2026-11-16T00:00:00Z"),
      spec_version: z.string().regex(/^1-[0-9a-f]+$/),
      trend_rate: number,
      status: z.literal("final"),
      flags: z.array(z.string()),
      ...figures,
      previous: z.strictObject({ week: z.literal("2026-W45"), ...figures }),
      change: z.strictObject({
        absolute: number,
        relative: number,
        better: z.boolean().nullable(),
        p: number,
        interval: z.tuple([z.number(), z.number()]).nullable(),
      }),
      verdict: z.strictObject({
        word: z.string(),
        test: z.literal("prop"),
        value: number,
        expected: number,
        low: number,
        high: number,
        p: number,
        p_adjusted: number,
        since: z.string().nullable(),
        pooled_weeks: number,
      }),
      maturing: z.null(),
      target: z.null(),
      series: z
        .array(z.strictObject({ week: z.string(), ...figures, status: z.string() }))
        .length(26),
      breakdown: z.strictObject({
        dimension: z.literal("source"),
        segments: z.array(z.strictObject({ segment: z.string(), ...figures })),
      }),
    }).parse(JSON.parse(JSON.stringify(told.value.data)));
  });
});
