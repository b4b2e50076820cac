/** The unit rows of a company's own SQL, into the stage that its cells are made of. */
import type { Sql } from "../../db/index.ts";
import type { Metric } from "../catalogue/index.ts";
import { MOST_CELLS } from "../query/metric-rows.ts";
import { isByAccount } from "./cell-key.ts";
import { stageGuest } from "./stage-guest.ts";

/** Of rows of single accounts or values, as a company of any size has them. */
const MOST_ROWS = 5_000_000;

/** What `unit_sum` has of unit rows: dimensions, and measures as the engine names them. */
interface StageShape {
  group: readonly string[];
  measures: readonly string[];
  /** The windows that are added up. */
  windows: number;
}

/** Makes `unit_sum` of what `text` gives. */
export async function stageOwn(
  sql: Sql,
  metric: Metric,
  shape: StageShape,
  text: string,
  values: readonly unknown[],
): Promise<void> {
  const most = mostRows(metric, shape);
  const rows = { sourced: metric, text, values, most };
  await stageGuest(sql, "unit_sum", stageColumns(metric, shape), rows);
}

function stageColumns(metric: Metric, { group, measures }: StageShape): [string, string][] {
  const counted = isByAccount(metric) ? ["account_id"] : [];
  const typeOf = (measure: string): string =>
    measure === "value" ? "float8" : metric.aggregation === "hist" ? "bigint" : "numeric";
  return [
    ["week", "date"],
    ["year", "date"],
    ...[...group, ...counted].map((name): [string, string] => [name, "text"]),
    ...measures.map((name): [string, string] => [name, typeOf(name)]),
    ["n", "bigint"],
  ];
}

/** What is added up is no more than cells of each window. */
function mostRows(metric: Metric, { windows }: StageShape): number {
  const isAddedUp = metric.values === undefined && !isByAccount(metric);
  return isAddedUp ? MOST_CELLS * windows : MOST_ROWS;
}
