/** What must hold between the metrics of any company (METRICS.md 1.9), held on an invented one of 45 weeks. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
} from "../../src/metrics/catalogue/index.ts";
import {
  addWeeks,
  answerMetric,
  type Figures,
  type MetricQuery,
  refresh,
} from "../../src/metrics/index.ts";
import type { FreshDatabase } from "../support/database.ts";
import { completeThrough } from "../support/rows.ts";
import { smallCompany } from "../support/small-company.ts";
import { forgetFrom } from "./any-company/forget.ts";

const NEWEST = "2026-11-09";

let fresh: FreshDatabase;
let catalogue: Catalogue;

beforeAll(async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  catalogue = loaded.value;
  fresh = await smallCompany();
  await refresh(fresh.db, defaultSettings, catalogue);
}, 900_000);
afterAll(() => fresh?.close());

async function ask(query: Partial<MetricQuery> & { metric: string }, exact = false) {
  const open = {
    filters: {},
    by: null,
    week: null,
    cohort: null,
    windowWeeks: null,
    lastWeeks: 26,
    versus: "prev" as const,
  };
  const metrics = { db: fresh.db, catalogue, settings: defaultSettings };
  const answer = await answerMetric(metrics, { ...open, ...query }, exact);
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  return answer.value;
}

/** Of the series and of every segment of these dimensions, in an order of their own. */
async function figuresOf(metric: string, dimensions: readonly string[] = []): Promise<Figures[]> {
  const { series } = await ask({ metric });
  const figures: Figures[] = [...series];
  for (const by of dimensions) {
    const { breakdown } = await ask({ metric, by, lastWeeks: 1 });
    const segments = breakdown?.segments ?? [];
    figures.push(...[...segments].sort((a, b) => (a.segment < b.segment ? -1 : 1)));
  }
  expect(figures.length).toBeGreaterThan(20);
  return figures;
}

const of = (figures: readonly Figures[], field: keyof Figures): number[] =>
  figures.map((entry) => entry[field] ?? Number.NaN);
const account = ["source", "channel", "segment", "region", "tier"];

describe("in every week and segment", { timeout: 120_000 }, () => {
  test("ARR is twelve times MRR, and ARPA is MRR over customers", async () => {
    const [mrr, arr, arpa] = [
      await figuresOf("mrr", account),
      await figuresOf("arr", account),
      await figuresOf("arpa", account),
    ];
    mrr.forEach((entry, i) => {
      expect(arr[i]?.value).toBeCloseTo(12 * (entry.value ?? 0), 6);
      expect(arpa[i]).toMatchObject({ num: entry.num, den: entry.n });
    });
  });

  test("a request failed, was turned away, or was served", async () => {
    const rates = ["error_rate", "throttle_rate", "availability_rate"];
    const [failed = [], throttled = [], served = []] = await Promise.all(
      rates.map(async (rate) => of(await figuresOf(rate, ["service", "tier"]), "value")),
    );
    failed.forEach((share, i) => {
      expect(share + (throttled[i] ?? 0) + (served[i] ?? 0)).toBeCloseTo(1, 9);
    });
  });

  test("half of the requests are no slower than nine of ten, and those than 99 of 100", async () => {
    const [p50 = [], p90 = [], p99 = []] = await Promise.all(
      ["latency_p50", "latency_p90", "latency_p99"].map(async (metric) =>
        of(await figuresOf(metric, ["service", "region"]), "value"),
      ),
    );
    p50.forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(p90[i] ?? 0);
      expect(p90[i]).toBeLessThanOrEqual(p99[i] ?? 0);
    });
  });

  test("revenue is acquisition and existing, grows as its growth says, and adds up over the year", async () => {
    const { series, breakdown } = await ask({ metric: "weekly_revenue", by: "revenue_type" });
    const parts = of(breakdown?.segments ?? [], "value").reduce((sum, part) => sum + part, 0);
    const revenue = of(series, "value");
    expect(parts).toBeCloseTo(revenue.at(-1) ?? 0, 6);
    const growth = of((await ask({ metric: "weekly_growth_rate" })).series, "value");
    const year = of((await ask({ metric: "ytd_revenue" })).series, "value");
    revenue.slice(1).forEach((value, i) => {
      expect(growth[i + 1]).toBeCloseTo(value / (revenue[i] ?? 0) - 1, 9);
      expect((year[i + 1] ?? 0) - (year[i] ?? 0)).toBeCloseTo(value, 4);
    });
  });

  test("a lifetime's value rests on the ARPA and the retention that are told", async () => {
    const [arpa, kept, value] = [
      await ask({ metric: "arpa", lastWeeks: 1 }),
      await ask({ metric: "retention_rate", lastWeeks: 1 }),
      await ask({ metric: "cltv", lastWeeks: 1 }),
    ];
    expect(value.figures.num).toBeCloseTo(arpa.figures.value ?? 0, 9);
    expect(value.figures.den).toBeCloseTo(1 - (kept.figures.value ?? 0) ** (1 / 3), 9);
    expect(value.figures.n).toBe(kept.figures.n);
  });
});

// Last, since it takes the future away.
test("no value of a week rests on anything that came after it", { timeout: 300_000 }, async () => {
  const week = addWeeks(NEWEST, -3);
  const cut = addWeeks(week, 1);
  const query = { week, lastWeeks: 1 };
  const told = new Map<string, Figures>();
  for (const { id } of catalogue.metrics)
    told.set(id, (await ask({ metric: id, ...query })).figures);
  await forgetFrom(fresh.db, defaultSettings, cut);
  await completeThrough(fresh.db, cut);
  for (const { id } of catalogue.metrics)
    expect((await ask({ metric: id, ...query }, true)).figures, id).toEqual(told.get(id));
});
