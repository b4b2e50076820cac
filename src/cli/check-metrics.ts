/** `kpi metrics check`: whether definitions hold on the company's data, a line each. */
import { checkMetric, type MetricCheck } from "../metrics/index.ts";
import { nearest } from "../nearest.ts";
import { tellCheck } from "./tell-check.ts";
import { complain, DONE, FAILED, print, WRONG_USE } from "./terminal.ts";
import { type Session, withData } from "./with-data.ts";

export interface CheckOptions {
  all?: boolean;
  json?: boolean;
}

/** Without ids the company's own, with `all` every metric. The SQL is shown of those that are named. */
export function checkMetrics(ids: readonly string[], options: CheckOptions): Promise<number> {
  return withData(async ({ data }) => {
    const { work, catalogue, settings } = data;
    const stranger = ids.find((id) => catalogue.get(id) === undefined);
    if (stranger !== undefined) return unknown(stranger, data);
    const chosen = catalogue.metrics.filter(
      ({ id, origin }) => options.all || (ids.length > 0 ? ids.includes(id) : origin !== null),
    );
    if (chosen.length === 0) {
      complain(
        "No metric is your own: catalogue in kpi.yaml names their folder. kpi metrics check --all checks those that ship.",
      );
      return DONE;
    }
    const checks: MetricCheck[] = [];
    for (const metric of chosen) {
      const check = await checkMetric({ db: work, catalogue, settings }, metric);
      checks.push(check);
      if (!options.json) print(tellCheck(check, ids.length > 0));
    }
    if (options.json) print(JSON.stringify({ ok: checks.every(isWell), metrics: checks }, null, 2));
    return checks.every(isWell) ? DONE : FAILED;
  });
}

/** What cannot be proven for want of data is not wrong. */
function isWell({ faults }: MetricCheck): boolean {
  return faults.length === 0;
}

function unknown(id: string, { catalogue }: Session["data"]): number {
  const [near] = nearest(
    id,
    catalogue.metrics.map((metric) => metric.id),
  );
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  complain(`There is no metric "${id}".${hint} Metrics are named by id here: kpi metrics`);
  return WRONG_USE;
}
