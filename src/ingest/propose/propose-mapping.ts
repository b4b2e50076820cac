/** Proposes how somebody's files, or the tables of their database, become the source tables. */
import type { Database, Sql } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { ImportFault } from "../fault.ts";
import type { ImportOptions } from "../import-run.ts";
import { importTransaction } from "../import-transaction.ts";
import { readSource } from "../mapping/read-source.ts";
import type { ImportReport } from "../report.ts";
import { readTableShapes } from "../table-shape.ts";
import { tellFileFault } from "../tell-import-fault.ts";
import { ASIDE } from "../views/take-place.ts";
import { lookAtFiles } from "./look-at-files.ts";
import { lookAtTables } from "./look-at-tables.ts";
import { type Proposal, proposeTables } from "./propose-tables.ts";
import { type Rehearsal, rehearse } from "./rehearse.ts";
import { writeMapping } from "./write-mapping.ts";

export interface ProposeRequest extends ImportOptions {
  /**
   * A folder of CSV files; the user's own database (`source`), there one schema or all; or a schema of
   * the very database that is ours.
   */
  from: { folder: string } | { schema: string | null } | { ownSchema: string };
  /** Who proposes, as the file says it. */
  command: string;
  /** Called while what would be imported is there: for a look at it before it is undone. */
  onRehearsed?: (sql: Sql) => Promise<void>;
}

export interface ProposedMapping {
  text: string;
  proposal: Proposal;
  unread: readonly { file: string; why: string }[];
  /** What an import of it would do; null: nothing was recognised. */
  report: ImportReport | null;
  /** Tables that were tried and left out, with the reason. */
  failed: ReadonlyMap<string, string>;
  /** The day to which an export that has ended is complete; null: it is of now. */
  completeThrough: string | null;
}

/** Nothing is written: what is looked at and tried is undone. */
export async function proposeMapping(
  db: Database,
  request: ProposeRequest,
): Promise<Result<ProposedMapping, ImportFault>> {
  const looked = await look(db, request);
  if (!looked.ok) return looked;
  const { proposal, unread } = looked.value;
  const failures = new Map<string, string>();
  // Each round leaves out a table at least, or is the last.
  for (;;) {
    const about = { command: request.command, unread, failed: failures, completeThrough: null };
    const text = writeMapping(proposal, about);
    const none = { text, proposal, unread, report: null, failed: failures, completeThrough: null };
    if (proposal.drafts.every(({ table }) => failures.has(table))) return ok(none);
    const tried = await rehearse(db, text, mappingImport(request), request.onRehearsed);
    if (!tried.ok) {
      const table = /^tables\.(\w+)/.exec(entryOf(tried.fault))?.[1];
      if (table === undefined || failures.has(table)) return tried;
      failures.set(table, tellFileFault(tried.fault));
      continue;
    }
    const worst = mostlyRejected(tried.value);
    if (worst.length === 0) return ok(finished(looked.value, request, failures, tried.value));
    for (const { table, why } of worst) failures.set(table, why);
  }
}

interface Looked {
  proposal: Proposal;
  unread: ProposedMapping["unread"];
}

/** Loads the files, looks at them and undoes it; or looks at the tables of the user's database. */
async function look(db: Database, request: ProposeRequest): Promise<Result<Looked, ImportFault>> {
  const { from, source = null, signal } = request;
  // A table whose place a view has taken is proposed for like any other.
  const shapes = new Map([...(await readTableShapes(db)), ...(await readTableShapes(db, ASIDE))]);
  if ("schema" in from) {
    if (source === null) return failed({ kind: "no_source_database", entry: "kpi init" });
    return readSource(source, signal, async (sql) => {
      const relations = await lookAtTables(sql, from.schema, "database");
      return ok({ proposal: await proposeTables(sql, relations, shapes), unread: [] });
    });
  }
  return undone(db, request, async (sql) => {
    if ("ownSchema" in from) {
      const relations = await lookAtTables(sql, from.ownSchema, "view");
      return ok({ proposal: await proposeTables(sql, relations, shapes), unread: [] });
    }
    const seen = await lookAtFiles(sql, from.folder, request);
    if (!seen.ok) return seen;
    const { relations } = seen.value;
    const unread = seen.value.unread.map(({ file, fault }) => ({
      file,
      why: tellFileFault(fault),
    }));
    return ok({ proposal: await proposeTables(sql, relations, shapes), unread });
  });
}

/** What `work` finds out, and nothing of what it wrote. */
async function undone<T>(
  db: Database,
  { timeZone, signal }: ImportOptions,
  work: (sql: Sql) => Promise<Result<T, ImportFault>>,
): Promise<Result<T, ImportFault>> {
  const found: T[] = [];
  const end = new Error("looked at and undone");
  try {
    const result = await importTransaction(db, timeZone, signal, async (sql) => {
      const done = await work(sql);
      if (!done.ok) return done;
      found.push(done.value);
      throw end;
    });
    if (!result.ok) return result;
  } catch (error) {
    if (error !== end) throw error;
  }
  const [value] = found;
  if (value === undefined) throw new Error("nothing was found out");
  return ok(value);
}

function mappingImport({ from, ...options }: ProposeRequest) {
  const dir = "folder" in from ? from.folder : null;
  return { ...options, mapping: "mapping.yaml", dir };
}

function entryOf(fault: ImportFault): string {
  if (fault.kind === "mapping_sql") return fault.entry;
  if (fault.kind === "missing_columns" || fault.kind === "no_columns") return fault.from;
  if (fault.kind === "constraint") return `tables.${fault.table}`;
  return fault.kind === "mapping" ? (fault.problems[0]?.path ?? "") : "";
}

/** A guess is wrong when one row in five is rejected. */
const MOST_REJECTED = 0.2;

function mostlyRejected({ report }: Rehearsal): { table: string; why: string }[] {
  return report.tables
    .filter(({ read, rejected }) => rejected > read * MOST_REJECTED)
    .map(({ table, read, rejected }) => {
      const first = report.rejections.find(({ target }) => target === table);
      const why = `${rejected} of its ${read} rows would be rejected, such as ${first?.column ?? "one"}: ${first?.reason ?? ""}`;
      return { table, why };
    });
}

/** An export whose newest row is older than this has ended: what is later is not nought but unknown. */
const ENDED_DAYS = 8;

function finished(
  { proposal, unread }: Looked,
  { command, now, timeZone }: ProposeRequest,
  failed: ReadonlyMap<string, string>,
  { report, newest }: Rehearsal,
): ProposedMapping {
  const last = newest === null ? null : Temporal.PlainDate.from(newest);
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const hasEnded = last !== null && last.until(today).days > ENDED_DAYS;
  const completeThrough = hasEnded ? last.add({ days: 1 }).toString() : null;
  const text = writeMapping(proposal, { command, unread, failed, completeThrough });
  return { text, proposal, unread, report, failed, completeThrough };
}
