import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { eventTimesOf } from "./event-times.ts";
import type { ImportFault } from "./fault.ts";
import { identifier } from "./sql-text.ts";
import { SOURCE_SCHEMA } from "./table-shape.ts";

/** Up to when the rows of a table are complete (INTERFACE 8). A date is the start of that day. */
export type CompleteThrough =
  | { kind: "loaded_at" }
  | { kind: "max"; column: string }
  | { kind: "date"; date: Temporal.PlainDate }
  | { kind: "instant"; instant: Temporal.Instant };

export interface LoadTime {
  now: Temporal.Instant;
  /** What `loaded_at` means: the load itself, or when its file was written. */
  loadedAt: Temporal.Instant;
  timeZone: string;
}

const watermarkRow = z.strictObject({ complete_through: z.string().nullable() });

/**
 * Sets the table's watermark and gives it, or null where there is none to set. What was told, a
 * date or an instant, holds; what is worked out never moves a watermark back, nor past `now`.
 * Fault `future_watermark`: nothing after `now` can have arrived.
 */
export async function setWatermark(
  sql: Sql,
  table: string,
  through: CompleteThrough,
  time: LoadTime,
): Promise<Result<string | null, ImportFault>> {
  if (eventTimesOf(table).length === 0) return ok(null);
  const told = toldInstant(through, time.timeZone);
  if (told !== null && Temporal.Instant.compare(told, time.now) > 0) {
    return failed({ kind: "future_watermark", table, completeThrough: told.toString() });
  }
  const instant = told ?? (await workedOut(sql, table, through, time));
  if (instant === null) return ok(null);
  const update =
    told === null
      ? "greatest(w.complete_through, EXCLUDED.complete_through)"
      : "EXCLUDED.complete_through";
  const [row] = await sql.rows(
    watermarkRow,
    `INSERT INTO ${SOURCE_SCHEMA}.source_watermarks AS w (source_table, complete_through)
     VALUES ($1, least($2::timestamptz, $3::timestamptz))
     ON CONFLICT (source_table) DO UPDATE SET complete_through = ${update}
     RETURNING complete_through`,
    [table, instant, time.now],
  );
  return ok(row?.complete_through ?? null);
}

/** Where it stands, or null. */
export async function readWatermark(sql: Sql, table: string): Promise<string | null> {
  const [row] = await sql.rows(
    watermarkRow,
    `SELECT complete_through FROM ${SOURCE_SCHEMA}.source_watermarks WHERE source_table = $1`,
    [table],
  );
  return row?.complete_through ?? null;
}

/** A nightly import moves a watermark by a day; one of weeks may be a correction of what ended long ago. */
const LEAP_DAYS = 28;

/** The day of the newest row, where the watermark went weeks ahead and so far past it; null: it did not. */
export async function leaptPast(
  sql: Sql,
  table: string,
  before: string | null,
  completeThrough: string | null,
): Promise<{ newest: string; completeThrough: string } | null> {
  const events = eventTimesOf(table).map((name) => `max(${identifier(name)})::timestamptz`);
  if (events.length === 0 || before === null || completeThrough === null) return null;
  // Before the table is gone through, which each nightly import would do.
  const past = Temporal.Instant.from(completeThrough).subtract({ hours: 24 * LEAP_DAYS });
  if (Temporal.Instant.compare(Temporal.Instant.from(before), past) >= 0) return null;
  const [found] = await sql.rows(
    z.object({ newest: z.string() }),
    `SELECT newest::date::text AS newest
     FROM (SELECT greatest(${events.join(", ")}) AS newest
           FROM ${SOURCE_SCHEMA}.${identifier(table)}) x
     WHERE newest < $1::timestamptz`,
    [past.toString()],
  );
  return found === undefined ? null : { ...found, completeThrough };
}

function toldInstant(through: CompleteThrough, timeZone: string): Temporal.Instant | null {
  if (through.kind === "instant") return through.instant;
  return through.kind === "date" ? through.date.toZonedDateTime(timeZone).toInstant() : null;
}

async function workedOut(
  sql: Sql,
  table: string,
  through: CompleteThrough,
  time: LoadTime,
): Promise<string | null> {
  if (through.kind !== "max") {
    return time.loadedAt.toZonedDateTimeISO(time.timeZone).startOfDay().toInstant().toString();
  }
  const [row] = await sql.rows(
    watermarkRow,
    `SELECT max(${identifier(through.column)})::timestamptz AS complete_through
     FROM ${SOURCE_SCHEMA}.${identifier(table)}`,
  );
  return row?.complete_through ?? null;
}
