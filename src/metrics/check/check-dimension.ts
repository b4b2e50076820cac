/** Proves a dimension of the company's own: its SELECT runs as it does at a refresh, and is compared with that. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { ok, type Result } from "../../result.ts";
import type { Place } from "../../yaml-places.ts";
import type { Metrics } from "../answer-metric.ts";
import type { OwnDimension } from "../catalogue/index.ts";
import { type OwnSqlFault, orOwnSqlFault } from "../own-sql-failed.ts";
import { relationSettings } from "../query/run-windows.ts";
import { readLabels } from "../roll-up/refresh-labels.ts";

export interface DimensionCheck {
  dimension: string;
  place: Place;
  sql: string;
  /** What was read; null where it could not be. */
  found: {
    ms: number;
    /** Accounts of ours that have a value, and that have none. */
    accounts: number;
    without: number;
    values: number;
    /** Accounts whose value the last refresh did not have. */
    changed: number;
  } | null;
  faults: readonly OwnSqlFault[];
}

const counts = z.object({
  accounts: z.number(),
  without: z.number(),
  values: z.number(),
  changed: z.number(),
});

/** Nothing of it is kept. */
export async function checkDimension(
  { db, settings }: Metrics,
  own: OwnDimension,
): Promise<DimensionCheck> {
  const read = async (sql: Sql): Promise<Result<DimensionCheck["found"], never>> => {
    const began = performance.now();
    await readLabels(sql, own);
    const ms = performance.now() - began;
    const [found] = await sql.rows(
      counts,
      `SELECT count(fresh.label)::int AS accounts, (count(*) - count(fresh.label))::int AS without,
              count(DISTINCT fresh.label)::int AS values,
              (count(*) FILTER (WHERE fresh.label IS DISTINCT FROM kept.label))::int AS changed
       FROM facts.account a LEFT JOIN fresh_label fresh USING (account_id)
       LEFT JOIN facts.account_label kept ON kept.account_id = a.account_id AND kept.dimension = $1`,
      [own.dimension],
    );
    return ok(found === undefined ? null : { ms, ...found });
  };
  const held = { settings: relationSettings("facts", settings) };
  const outcome = await orOwnSqlFault(() => db.transaction(read, held));
  return {
    dimension: own.dimension,
    place: own.origin,
    sql: own.sql,
    found: outcome.ok ? outcome.value : null,
    faults: outcome.ok ? [] : [outcome.fault],
  };
}
