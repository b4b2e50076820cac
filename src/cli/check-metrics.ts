/** `kpi metrics check`: whether definitions hold on the company's data, a line each. */
import type { Metric } from "../metrics/catalogue/index.ts";
import {
  checkDimension,
  checkMetric,
  type DimensionCheck,
  type MetricCheck,
} from "../metrics/index.ts";
import { nearest } from "../nearest.ts";
import { tellCheck, tellDimensionCheck } from "./tell-check.ts";
import { complain, DONE, FAILED, print, WRONG_USE } from "./terminal.ts";
import { type Session, withData } from "./with-data.ts";

export interface CheckOptions {
  all?: boolean;
  json?: boolean;
}

/**
 * Without names the company's own, metrics and dimensions, with `all` every metric too. The SQL is shown
 * of those that are named.
 */
export function checkMetrics(names: readonly string[], options: CheckOptions): Promise<number> {
  return withData(async ({ data }) => {
    const { work: db, catalogue, settings } = data;
    const known = [...catalogue.dimensions.map(({ dimension }) => dimension), ...idsOf(data)];
    const stranger = names.find((name) => !known.includes(name));
    if (stranger !== undefined) return unknown(stranger, known);
    const isNamed = (name: string): boolean => names.length === 0 || names.includes(name);
    const checks: { dimensions: DimensionCheck[]; metrics: MetricCheck[] } = {
      dimensions: [],
      metrics: [],
    };
    const tell = (told: (withSql: boolean) => string): void => {
      if (!options.json) print(told(names.length > 0));
    };
    for (const own of catalogue.dimensions.filter(({ dimension }) => isNamed(dimension))) {
      const check = await checkDimension({ db, catalogue, settings }, own);
      checks.dimensions.push(check);
      tell((withSql) => tellDimensionCheck(check, withSql));
    }
    for (const metric of catalogue.metrics.filter((each) => isChosen(each, names, options))) {
      const check = await checkMetric({ db, catalogue, settings }, metric);
      checks.metrics.push(check);
      tell((withSql) => tellCheck(check, withSql));
    }
    return end(checks, options);
  });
}

function idsOf({ catalogue }: Session["data"]): string[] {
  return catalogue.metrics.map((metric) => metric.id);
}

function isChosen(
  { id, origin }: Metric,
  names: readonly string[],
  { all }: CheckOptions,
): boolean {
  if (all) return true;
  return names.length > 0 ? names.includes(id) : origin !== null;
}

/** What cannot be proven for want of data is not wrong. */
function end(
  checks: { dimensions: readonly DimensionCheck[]; metrics: readonly MetricCheck[] },
  { json }: CheckOptions,
): number {
  const all = [...checks.dimensions, ...checks.metrics];
  const isWell = all.every(({ faults }) => faults.length === 0);
  if (json) print(JSON.stringify({ ok: isWell, ...checks }, null, 2));
  else if (all.length === 0)
    complain(
      "No metric is your own: catalogue in kpi.yaml names their folder. kpi metrics check --all checks those that ship.",
    );
  return isWell ? DONE : FAILED;
}

function unknown(name: string, known: readonly string[]): number {
  const [near] = nearest(name, known);
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  complain(`There is no metric "${name}".${hint} Metrics are named by id here: kpi metrics`);
  return WRONG_USE;
}
