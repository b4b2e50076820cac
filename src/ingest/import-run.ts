/** What every import has in common: how it begins, how one stage becomes a table's report, how it ends. */
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import type { Catalogue } from "../metrics/catalogue/index.ts";
import { nearest } from "../nearest.ts";
import { failed, ok, type Result } from "../result.ts";
import { applyStage } from "./apply-stage.ts";
import type { Reading } from "./csv/csv-file.ts";
import { deleteAbsent } from "./delete-absent.ts";
import { eventTimesOf } from "./event-times.ts";
import type { ImportFault } from "./fault.ts";
import { prepareInputCheck } from "./input-check.ts";
import { readRejections } from "./read-rejections.ts";
import type { CheckReport, FileAccount, ImportNote, ImportReport, TableReport } from "./report.ts";
import type { ImportMode } from "./row-counts.ts";
import {
  type CompleteThrough,
  type LoadTime,
  leaptPast,
  readWatermark,
  setWatermark,
} from "./set-watermark.ts";
import { createRejections, type Stage, typedColumns } from "./stage.ts";
import { tableRules } from "./table-rules.ts";
import { readTableShapes, type TableShape } from "./table-shape.ts";
import { createMentioned, findUnknownReferences, gatherMentioned } from "./unknown-references.ts";
import { findUnknownValues } from "./unknown-values.ts";
import type { InputCheck } from "./value-rules.ts";

export interface ImportProgress {
  /** A source table, or `raw.<name>`. */
  target: string;
  rows: number;
}

export interface ImportOptions extends Omit<LoadTime, "loadedAt"> {
  /** Where all rejections are written as CSV; none: only a hundred are told. */
  rejectionsFile?: string | null;
  /** Where all rows that a mapping's checks find are written as CSV. */
  checksFile?: string | null;
  /** The metrics that targets may be of; none: they are not looked up. */
  catalogue?: Catalogue;
  /** The user's own database, over which a mapping may have SELECTs. */
  source?: Database | null;
  /**
   * Files are complete to the midnight before they were written, and not before they are loaded: a
   * load that comes by each morning would else call an export of last week complete.
   */
  asWritten?: boolean;
  /** Take nothing when a row is rejected: fault `rejected_rows`. */
  strict?: boolean;
  /** Once aborted, all is rolled back: fault `interrupted`. */
  signal?: AbortSignal;
  /** Called for each piece of a file that was read. */
  onRead?: (reading: Reading) => void;
  /** Called after each table. */
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportRun {
  catalogue: Catalogue | null;
  sql: Sql;
  options: ImportOptions;
  check: InputCheck;
  shapes: ReadonlyMap<string, TableShape>;
  notes: ImportNote[];
}

export async function beginImport(sql: Sql, options: ImportOptions): Promise<ImportRun> {
  const check = await prepareInputCheck(sql);
  const shapes = await readTableShapes(sql);
  await createRejections(sql);
  await createMentioned(sql);
  return { sql, options, check, shapes, notes: [], catalogue: options.catalogue ?? null };
}

interface StagedTable {
  shape: TableShape;
  stage: Stage;
  from: string;
  mode: ImportMode;
  /** Rows of the files behind the stage, where it was made of a SELECT; null: the stage's own. */
  behind?: number | null;
  writtenAt?: Temporal.Instant | null;
}

export interface LoadedTable {
  report: TableReport;
  /** A full export whose absent keys are still to be deleted. */
  deletes: boolean;
  /** When the file behind it was written, the oldest of several; null where there is none. */
  writtenAt: Temporal.Instant | null;
  /** Whether a row was taken, or rows were looked through of which none belongs here. */
  fed: boolean;
}

/** Loads a filled stage, which stays for the caller to look into and drop. The rows to delete wait for `finishTable`: their children go first. */
export async function loadTable(run: ImportRun, staged: StagedTable): Promise<LoadedTable> {
  const { shape, stage, from, mode, behind = null, writtenAt = null } = staged;
  const { counts, keysKept, taken } = await applyStage(
    {
      sql: run.sql,
      check: run.check,
      shape,
      stage,
      rules: tableRules(shape.table, run.catalogue),
    },
    mode,
  );
  await gatherMentioned(run.sql, shape, run.shapes, taken, typedColumns(stage));
  if (stage.ignored.length > 0) {
    const free = shape.columns.filter((column) => !stage.columns.includes(column));
    const names = free.map(({ name }) => name);
    const columns = stage.ignored.map((column) => ({ column, nearest: nearest(column, names) }));
    run.notes.push({ kind: "ignored_columns", from: `${from} (${shape.table})`, columns });
  }
  run.options.onProgress?.({ target: shape.table, rows: counts.read });
  const report = { table: shape.table, from, mode, ...counts, deleted: 0, completeThrough: null };
  const fed = counts.read > 0 ? counts.rejected < counts.read : (behind ?? 0) > 0;
  return { report, deletes: keysKept, fed, writtenAt };
}

/** Deletes what a full export no longer has, and sets the watermark. */
export async function finishTable(
  run: ImportRun,
  shape: TableShape,
  loaded: LoadedTable,
  through: CompleteThrough,
): Promise<Result<TableReport, ImportFault>> {
  let deleted = 0;
  if (loaded.deletes) {
    const deletion = await deleteAbsent(run.sql, shape);
    if (!deletion.ok) return deletion;
    deleted = deletion.value.deleted;
    const { unreadableKeys } = deletion.value;
    if (unreadableKeys > 0)
      run.notes.push({ kind: "nothing_deleted", table: shape.table, unreadableKeys });
  }
  if (!loaded.fed) noteNothingTaken(run, shape, loaded.report, through);
  const moves = loaded.fed || through.kind !== "loaded_at";
  const before = await readWatermark(run.sql, shape.table);
  const watermark = moves
    ? await setWatermark(run.sql, shape.table, through, loadTime(run, loaded))
    : ok(before);
  if (!watermark.ok) return watermark;
  const newest =
    through.kind === "loaded_at"
      ? await leaptPast(run.sql, shape.table, before, watermark.value)
      : null;
  if (newest !== null) run.notes.push({ kind: "leapt_ahead", table: shape.table, ...newest });
  return ok({ ...loaded.report, deleted, completeThrough: watermark.value });
}

/** The moment whose midnight a table is complete to, where nothing else is said of it. */
function loadTime({ options }: ImportRun, { writtenAt }: LoadedTable): LoadTime {
  const { now, timeZone, asWritten = false } = options;
  const isEarlier = writtenAt !== null && Temporal.Instant.compare(writtenAt, now) < 0;
  return { now, timeZone, loadedAt: asWritten && isEarlier ? writtenAt : now };
}

/**
 * A file without a row that could be taken is more likely a failed export than a quiet day: that a
 * table is complete all the same is for a person to say.
 */
function noteNothingTaken(
  { notes }: ImportRun,
  { table }: TableShape,
  { from, read }: TableReport,
  through: CompleteThrough,
): void {
  const isMoved = through.kind !== "loaded_at" || eventTimesOf(table).length === 0;
  notes.push({ kind: "nothing_taken", table, from, read, watermark: isMoved ? "told" : "kept" });
}

/** Children first, so that a parent that is gone is not still referred to. */
export async function finishTables(
  run: ImportRun,
  loaded: ReadonlyMap<TableShape, LoadedTable>,
  throughOf: (shape: TableShape) => CompleteThrough,
): Promise<Result<TableReport[], ImportFault>> {
  const reports: TableReport[] = [];
  for (const [shape, table] of [...loaded].reverse()) {
    const report = await finishTable(run, shape, table, throughOf(shape));
    if (!report.ok) return report;
    reports.unshift(report.value);
  }
  return ok(reports);
}

interface Findings {
  tables: readonly TableReport[];
  files: readonly FileAccount[];
  checks: readonly CheckReport[];
}

/** Gathers the report and records the run. */
export async function finishImport(
  run: ImportRun,
  source: string,
  found: Findings,
): Promise<Result<ImportReport, ImportFault>> {
  for (const { table } of found.tables) {
    const shape = run.shapes.get(table);
    if (shape !== undefined)
      run.notes.push(...(await findUnknownReferences(run.sql, shape, run.shapes)));
    if (table === "targets") run.notes.push(...(await findUnknownValues(run.sql)));
  }
  const told = await readRejections(run.sql, run.shapes, run.options.rejectionsFile ?? null);
  const startedAt = run.options.now.toString();
  const report = { source, startedAt, finishedAt: startedAt, ...found, notes: run.notes, ...told };
  if (run.options.strict && report.rejectionsInAll > 0)
    return failed({ kind: "rejected_rows", report });
  return ok({ ...report, finishedAt: await recordRun(run, report) });
}

/** The caller's clock says when it began, the database's how long it took. Values are not kept. */
async function recordRun({ sql, options }: ImportRun, report: ImportReport): Promise<string> {
  const kept = { ...report, rejections: report.rejections.map(({ value: _, ...rest }) => rest) };
  const [row] = await sql.rows(
    z.strictObject({ finished_at: z.string() }),
    `INSERT INTO bot.import_run (started_at, finished_at, source, report)
     VALUES ($1, $1::timestamptz + (clock_timestamp() - transaction_timestamp()), $2, $3)
     RETURNING finished_at`,
    [options.now, report.source, JSON.stringify(withoutExamples(kept))],
  );
  return row?.finished_at ?? report.finishedAt;
}

function withoutExamples<T extends { checks: readonly CheckReport[] }>(report: T): T {
  return { ...report, checks: report.checks.map((check) => ({ ...check, examples: [] })) };
}
