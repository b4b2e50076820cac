/** How long a series and a scorecard take from the roll-ups, and straight from the source tables. */
import type { Metric } from "../../src/metrics/catalogue/index.ts";
import { addWeeks, buildScorecard, weeksFrom } from "../../src/metrics/index.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { readSeries } from "../../src/metrics/read-series.ts";
import { planCells } from "../../src/metrics/roll-up/cell-key.ts";
import { median, timed } from "../figures.ts";
import type { World } from "./world.ts";

const SERIES_WEEKS = 26;
const TURNS = 7;
const filters = { tier: ["pro"] };

export interface Compared {
  metric: Metric;
  /** Whether its cells answer; else it reruns over the facts. */
  fromCells: boolean;
  ms: number;
  exactMs: number;
}

/** 26 weeks of one tier, of each metric of the success layer that has tiers. */
export async function compareSeries({ data }: World, last: string): Promise<Compared[]> {
  const metrics = data.catalogue.metrics.filter(
    ({ layer, dimensions, growth }) =>
      layer === "success" && dimensions.includes("tier") && growth === undefined,
  );
  const compared: Compared[] = [];
  for (const metric of metrics) {
    const read = (exact: boolean) => () => readOnce(data, metric, last, exact);
    await read(false)();
    const ms = median(await times(TURNS, read(false)));
    const exactMs = await timed(read(true));
    compared.push({ metric, fromCells: isFromCells(data, metric), ms, exactMs });
  }
  return compared;
}

function isFromCells({ settings }: World["data"], metric: Metric): boolean {
  const parts =
    metric.aggregation === "derived" ? metric.parts : [{ metric, window: metric.window }];
  return parts.every(
    (part) => planCells(part.metric, settings, part.window, filters, null) !== null,
  );
}

async function readOnce(
  { db: _, work, settings }: World["data"],
  metric: Metric,
  last: string,
  exact: boolean,
): Promise<void> {
  const weeks = weeksFrom(addWeeks(last, 1 - SERIES_WEEKS), last);
  const question = { metric, weeks, width: metric.window, filters, by: null, exact };
  await inSnapshot(work, settings, exact ? "exact" : "facts", (sql) =>
    readSeries(sql, settings, question),
  );
}

/** The unfiltered scorecard of a week with its verdicts, of all metrics of the success layer. */
export async function compareScorecards(
  { data }: World,
  week: string,
): Promise<{ ms: number; exactMs: number; metrics: number }> {
  const ids = data.catalogue.metrics.filter(({ layer }) => layer === "success").map(({ id }) => id);
  const metrics = { db: data.work, catalogue: data.catalogue, settings: data.settings };
  const build = (exact: boolean) => () => buildScorecard(metrics, ids, week, exact);
  await build(false)();
  return {
    ms: median(await times(TURNS, build(false))),
    exactMs: await timed(build(true)),
    metrics: ids.length,
  };
}

async function times(turns: number, work: () => unknown): Promise<number[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < turns; turn++) samples.push(await timed(work));
  return samples;
}
