/**
 * Brings the facts up to date with the source tables, and takes away the cells that no longer hold.
 * Both in one transaction: a cell that stands is always what the facts say; one that is missing is
 * answered from the facts until it is computed again.
 */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import type { Catalogue, MetricSettings } from "../catalogue/index.ts";
import { keepHeld, needsOf } from "../held.ts";
import { relationSettings } from "../query/run-windows.ts";
import { accountChanges, entriesChangedFrom, plansChangedFrom } from "./changed-states.ts";
import { type BasisChanges, daysOfChangedFeatures, renewBasis } from "./facts-basis.ts";
import { forgetOtherVersions } from "./forget-versions.ts";
import { renewKept } from "./kept-relations.ts";
import { FACTS_LOCK } from "./locks.ts";
import { readFresh, replaceAll, replaceChanged } from "./read-fresh.ts";
import { type DirtyDay, dropCells, dropStaleCells, type SourceChanges } from "./stale-cells.ts";
import { fillUsage, rebuildUsage, renewUsage, type TouchedUsage } from "./usage-facts.ts";
import { moveViewWatermarks, viewMarks } from "./view-marks.ts";

const markRow = z.object({
  source_table: z.string(),
  day: z.string(),
  moved: z.boolean(),
  accounts: z.array(z.string()).nullable(),
});
type Mark = z.infer<typeof markRow>;
/** Of a day on which any row of any account may be another. */
const ALL = { moved: true, accounts: null };

export interface FactsReport {
  dirtyDays: number;
  /** Rows of cells taken away: one a set of dimensions, tier, week and width. */
  staleCells: number;
}

export async function refreshFacts(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  full: boolean,
): Promise<FactsReport> {
  return db.transaction(
    async (sql) => {
      // Two processes must not renew the same facts at once.
      await sql.run("SELECT pg_advisory_xact_lock($1)", [FACTS_LOCK]);
      // First: an import that makes views waits for rows that are held from here on, and locks what is read.
      await sql.run("LOCK TABLE facts.basis IN ROW EXCLUSIVE MODE");
      const ofViews = await viewMarks(sql);
      await moveViewWatermarks(sql);
      await copyWatermarks(sql);
      const dirty = [...(await readMarks(sql)), ...ofViews.map((mark) => ({ ...mark, ...ALL }))];
      const basis = await renewBasis(sql, settings);
      const first = await hasFirstAccounts(sql);
      const anew = first || full || basis.timeZone;
      // After the marks and fingerprints: of a row that comes meanwhile these tell the next refresh.
      await keepHeld(sql, needsOf(catalogue.metrics), anew ? "all" : tablesOf(dirty, basis));
      const staleCells = anew
        ? await fillAnew(sql, first)
        : await renew(sql, settings, catalogue, dirty, basis);
      await forgetOtherVersions(sql, catalogue);
      await clearMarks(sql);
      return { dirtyDays: dirty.length, staleCells };
    },
    { settings: relationSettings("exact", settings) },
  );
}

function tablesOf(marks: readonly Mark[], basis: BasisChanges): ReadonlySet<string> {
  return new Set([...marks.map((mark) => mark.source_table), ...basis.tables]);
}

/** The number of cells, which are all taken away. */
async function fillAnew(sql: Sql, first: boolean): Promise<number> {
  await daysOfChangedFeatures(sql);
  await readStates(sql);
  await rebuildStates(sql);
  await renewKept(sql, "all");
  await (first ? fillUsage(sql) : rebuildUsage(sql));
  return dropCells(sql, "true", []);
}

/** The number of cells that no longer hold, and are taken away. */
async function renew(
  sql: Sql,
  settings: MetricSettings,
  catalogue: Catalogue,
  marks: readonly Mark[],
  basis: BasisChanges,
): Promise<number> {
  const changedFeatures = await daysOfChangedFeatures(sql);
  const used = changedFeatures.map((day) => ({ source_table: "usage_daily", day, ...ALL }));
  const dirty = [...marks, ...used];
  if (dirty.length === 0 && basis.tables.length === 0) return 0;
  const changes = await renewStates(sql, catalogue, dirty, basis.tables);
  await renewUsage(sql, touchedUsage(dirty));
  return dropStaleCells(sql, settings, catalogue, changes);
}

/**
 * The marks stay until the end, and no lock is taken on them: an import writes one after the other
 * as it goes, and whoever of the two waited for the other would wait for all of it, or for ever.
 */
async function readMarks(sql: Sql): Promise<Mark[]> {
  await sql.run(
    "CREATE TEMP TABLE seen_mark ON COMMIT DROP AS SELECT *, xmin::text AS written_by FROM bot.dirty",
  );
  return sql.rows(markRow, "SELECT source_table, day::text AS day, moved, accounts FROM seen_mark");
}

/**
 * Those that are as they were seen, and that no import is about to write. One that was written again
 * tells of rows that the facts may not hold yet, and stays for the next refresh.
 */
async function clearMarks(sql: Sql): Promise<void> {
  await sql.run(`DELETE FROM bot.dirty WHERE ctid = ANY (ARRAY(
    SELECT d.ctid FROM bot.dirty d JOIN seen_mark s USING (source_table, day)
    WHERE d.xmin::text = s.written_by FOR UPDATE OF d SKIP LOCKED))`);
}

/**
 * First of all, so that the facts are never older than their watermarks: an import that commits from
 * here on may be seen in the facts already, but is not told as complete.
 */
async function copyWatermarks(sql: Sql): Promise<void> {
  await sql.run("DELETE FROM facts.watermark");
  await sql.run("INSERT INTO facts.watermark SELECT * FROM exact.watermark");
}

/** Facts without any stay as they are where there is none to be had: a company may load its platform alone. */
async function hasFirstAccounts(sql: Sql): Promise<boolean> {
  const [row] = await sql.rows(
    z.object({ first: z.boolean() }),
    `SELECT NOT EXISTS (SELECT FROM facts.account) AND EXISTS (SELECT FROM exact.account) AS first`,
  );
  return row?.first === true;
}

async function renewStates(
  sql: Sql,
  catalogue: Catalogue,
  dirty: readonly DirtyDay[],
  tables: readonly string[],
): Promise<SourceChanges> {
  await readStates(sql);
  const reads = [...new Set(catalogue.computed.flatMap((metric) => metric.reads))];
  const accounts = await accountChanges(sql, reads);
  const plansFrom = await plansChangedFrom(sql);
  const entriesFrom = await entriesChangedFrom(sql);
  for (const name of states) await replaceChanged(sql, name);
  const kept = await renewKept(sql, new Set(dirty.map((mark) => mark.source_table)));
  return { dirty, tables, accounts, plansFrom, entriesFrom, kept };
}

const states = ["account", "plan", "customer"] as const;

async function readStates(sql: Sql): Promise<void> {
  for (const name of states) await readFresh(sql, name);
}

async function rebuildStates(sql: Sql): Promise<void> {
  for (const name of states) await replaceAll(sql, name);
}

function touchedUsage(dirty: readonly Mark[]): TouchedUsage {
  const marks = dirty.filter((mark) => mark.source_table === "usage_daily");
  const days = new Set(marks.filter(({ accounts }) => accounts === null).map(({ day }) => day));
  const pairs = marks
    .filter(({ day }) => !days.has(day))
    .flatMap(({ day, accounts }) => (accounts ?? []).map((account) => ({ day, account })));
  return { days: [...days], pairs };
}
