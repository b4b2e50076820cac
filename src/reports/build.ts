/** What all reports of a week are built of. */
import { buildScorecard, type QueryFault, type Scorecard } from "../metrics/index.ts";
import type { ReportContext } from "./report-context.ts";
import type { Run } from "./run-store.ts";

export interface Build {
  run: Run;
  now: Temporal.Instant;
  /** What breaks is thrown, to be tried again; else it is left out and the rest is told. */
  isPatient: boolean;
}

/** Rows of a week; where a build is patient, one that broke for no reason of its own breaks them all. */
export async function buildRows(
  { metrics }: ReportContext,
  ids: readonly string[],
  { period }: Pick<Run, "period">,
  isPatient: boolean,
): Promise<Scorecard> {
  const built = await buildScorecard(metrics, ids, period);
  const broken = built.rows.filter((row) => row.kind === "failed" && !isFault(row.reason));
  if (broken.length > 0 && isPatient) throw new RowsFailed();
  return built;
}

class RowsFailed extends Error {
  override name = "RowsFailed";
}

/** Reasons that trying again does not mend. */
function isFault(reason: string): boolean {
  const faults: readonly string[] = [
    "unknown_metric",
    "unknown_dimension",
    "week_out_of_range",
    "no_data",
    "own_sql",
    "too_few_accounts",
  ] satisfies QueryFault["kind"][];
  return faults.includes(reason);
}
