/** A mapping tried on all of its data, and undone: what is proposed is known to import. */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import type { Result } from "../../result.ts";
import { eventTimesOf } from "../event-times.ts";
import type { ImportFault } from "../fault.ts";
import { foreignKeyOrder } from "../foreign-key-order.ts";
import { type MappingImport, runMapping } from "../import-mapping.ts";
import { importTransaction } from "../import-transaction.ts";
import { parseMapping } from "../mapping/read-mapping.ts";
import { readSource } from "../mapping/read-source.ts";
import type { ImportReport } from "../report.ts";
import { readTableShapes, SOURCE_SCHEMA } from "../table-shape.ts";

export interface Rehearsal {
  report: ImportReport;
  /** The day of the newest row of all tables, in the reporting time zone, none after today; null: there are none. */
  newest: string | null;
}

/** Carries what was learned past the rollback. */
class Undone extends Error {
  override name = "Undone";
  readonly rehearsal: Rehearsal;
  constructor(rehearsal: Rehearsal) {
    super("tried and undone");
    this.rehearsal = rehearsal;
  }
}

/** `onRehearsed` may look at what would be there. */
export async function rehearse(
  db: Database,
  text: string,
  request: MappingImport,
  onRehearsed: (sql: Sql) => Promise<void> = async () => {},
): Promise<Result<Rehearsal, ImportFault>> {
  const read = parseMapping(text, "mapping.yaml");
  if (!read.ok) return read;
  const { source = null, signal, timeZone } = request;
  const attempt = (remote: Sql | null): Promise<Result<Rehearsal, ImportFault>> =>
    importTransaction(db, timeZone, signal, async (sql) => {
      await emptySources(sql);
      const done = await runMapping(sql, request, read.value, remote);
      if (!done.ok) return done;
      await onRehearsed(sql);
      throw new Undone({ report: done.value, newest: await newestDay(sql, done.value) });
    });
  try {
    if (read.value.mapping.over !== "database" || source === null) return await attempt(null);
    return await readSource(source, signal, attempt);
  } catch (error) {
    if (error instanceof Undone) return { ok: true, value: error.rehearsal };
    throw error;
  }
}

/** Of what is there already nothing is said: the proposal would else depend on it. Readers go on. */
async function emptySources(sql: Sql): Promise<void> {
  const shapes = foreignKeyOrder([...(await readTableShapes(sql)).values()]);
  for (const { table } of shapes.reverse()) await sql.run(`DELETE FROM ${SOURCE_SCHEMA}.${table}`);
}

/** A period may begin where another ended, which is after the last day that is told of. */
const notEvents = ["subscription_periods", "targets"];

async function newestDay(sql: Sql, { tables, startedAt }: ImportReport): Promise<string | null> {
  const days = tables.flatMap(({ table }) => {
    const [time] = eventTimesOf(table);
    return time === undefined || notEvents.includes(table)
      ? []
      : [
          `SELECT max(${time})::timestamptz::date AS day FROM ${SOURCE_SCHEMA}.${table} WHERE ${time}::timestamptz <= $1::timestamptz`,
        ];
  });
  if (days.length === 0) return null;
  const [row] = await sql.rows(
    z.object({ day: z.string().nullable() }),
    `SELECT max(day)::text AS day FROM (${days.join(" UNION ALL ")}) q`,
    [startedAt],
  );
  return row?.day ?? null;
}
