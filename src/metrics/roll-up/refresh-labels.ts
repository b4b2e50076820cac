/**
 * Brings the company's own dimensions of accounts up to date, and takes away the cells that told an
 * account under another value: from its first day on, since a value holds for all of its history.
 */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import type { Catalogue, MetricSettings, OwnDimension } from "../catalogue/index.ts";
import type { Failures } from "../metric-failures.ts";
import { OwnSqlFailed } from "../own-sql-failed.ts";
import { MOST_CELLS } from "../query/metric-rows.ts";
import { relationSettings } from "../query/run-windows.ts";
import { movedFrom } from "./changed-states.ts";
import { FACTS_LOCK } from "./locks.ts";
import { stageGuest } from "./stage-guest.ts";
import { dropStaleCells } from "./stale-cells.ts";

/** Accounts that one dimension may know. */
const MOST_ACCOUNTS = 5_000_000;
/** Characters of a value, which stands in every list of them. */
const LONGEST_LABEL = 1_000;

/** The number of cells taken away. A dimension that fails stays as it was, and holds up nothing. */
export async function refreshLabels(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  failures: Failures,
): Promise<number> {
  await db.run("DELETE FROM facts.account_label WHERE dimension <> ALL ($1::text[])", [
    catalogue.dimensions.map(({ dimension }) => dimension),
  ]);
  let dropped = 0;
  for (const own of catalogue.dimensions) {
    const renew = (): Promise<number> =>
      db.transaction((sql) => renewDimension(sql, settings, catalogue, own), {
        settings: relationSettings("facts", settings),
      });
    dropped += await failures.attempt({ id: own.dimension }, 0, renew);
  }
  return dropped;
}

async function renewDimension(
  sql: Sql,
  settings: MetricSettings,
  { computed }: Catalogue,
  own: OwnDimension,
): Promise<number> {
  // Cells are computed from labels as from facts: nobody does while they change.
  await sql.run("SELECT pg_advisory_xact_lock($1)", [FACTS_LOCK]);
  await readLabels(sql, own);
  const cut = computed.filter(({ lookedUp }) => lookedUp.includes(own.dimension));
  const reads = cut.flatMap((metric) => metric.reads);
  const moved = await changedLabels(sql, own, reads);
  if (moved.signedUpFrom === null) return 0;
  await sql.run("DELETE FROM facts.account_label WHERE dimension = $1", [own.dimension]);
  await sql.run(
    `INSERT INTO facts.account_label (account_id, dimension, label)
     SELECT account_id, $1, label FROM fresh_label`,
    [own.dimension],
  );
  await sql.run("ANALYZE facts.account_label");
  return dropStaleCells(
    sql,
    settings,
    { computed: cut },
    { ...NOTHING_ELSE, accounts: { ...moved, columns: [] } },
  );
}

const NOTHING_ELSE = { dirty: [], plansFrom: null, entriesFrom: null, kept: {}, tables: [] };

/** Into `fresh_label`; throws where an account has two values, or there are more than one can look at. */
export async function readLabels(sql: Sql, own: OwnDimension): Promise<void> {
  const sourced = { id: own.dimension, origin: own.origin };
  const text = `SELECT DISTINCT q.account_id, q.value AS label FROM (\n${own.sql}\n) q
     WHERE q.account_id IS NOT NULL AND q.value IS NOT NULL`;
  const columns = ["account_id", "label"].map((name) => [name, "text"] as const);
  await stageGuest(sql, "fresh_label", columns, { sourced, text, values: [], most: MOST_ACCOUNTS });
  const [found] = await sql.rows(
    z.object({ labels: z.coerce.number(), twice: z.coerce.number(), longest: z.number() }),
    `SELECT count(DISTINCT label) AS labels, count(*) - count(DISTINCT account_id) AS twice,
            coalesce(max(length(label)), 0) AS longest
     FROM fresh_label`,
  );
  const { labels = 0, twice = 0, longest = 0 } = found ?? {};
  const refuse = (reason: ConstructorParameters<typeof OwnSqlFailed>[2]): never => {
    throw new OwnSqlFailed(own.dimension, own.origin, reason);
  };
  if (twice > 0) refuse({ kind: "two_values", accounts: twice });
  if (longest > LONGEST_LABEL) refuse({ kind: "too_large" });
  if (labels > MOST_CELLS) refuse({ kind: "too_many", most: MOST_CELLS });
}

/** The accounts whose value came, went or changed are counted otherwise, as if they had moved. */
async function changedLabels(
  sql: Sql,
  { dimension }: OwnDimension,
  reads: readonly string[],
): ReturnType<typeof movedFrom> {
  await sql.run(
    `CREATE TEMP TABLE changed_account ON COMMIT DROP AS
     SELECT account_id, a.d0, true AS is_moved
     FROM (SELECT account_id, label FROM facts.account_label WHERE dimension = '${dimension}') old
     FULL JOIN fresh_label fresh USING (account_id)
     LEFT JOIN facts.account a USING (account_id)
     WHERE old.label IS DISTINCT FROM fresh.label`,
  );
  return movedFrom(sql, reads);
}
