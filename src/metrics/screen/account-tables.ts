/** The accounts behind windows: as they were counted with the cells, or else from the facts. */
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { readCounts } from "../roll-up/read-counts.ts";
import { type Counted, countAccounts } from "./count-accounts.ts";
import type { AccountTable } from "./discretion.ts";

/** The same whichever way they are found. `exact`: from the sources, as the figures are. */
export async function accountTables(
  sql: Sql,
  settings: MetricSettings,
  counted: Counted,
  exact: boolean,
): Promise<Map<WeekStart, AccountTable>> {
  const kept = exact ? new Map<WeekStart, AccountTable>() : await readCounts(sql, counted);
  const weeks = counted.weeks.filter((week) => !kept.has(week));
  const found = await countAccounts(sql, settings, { ...counted, weeks });
  return new Map([...kept, ...found]);
}
