/** A company's own definition that could not be computed: why, and where it is written. */
import {
  GuestMisread,
  GuestShutOut,
  GuestTooLarge,
  GuestTooSlow,
  isConnectionLoss,
  NoGuestLogin,
  RowMismatch,
  sqlState,
} from "../db/index.ts";
import { failed, type Result } from "../result.ts";
import type { Place } from "../yaml-places.ts";

export type OwnSqlReason =
  /** No login for the company's own SQL is named, or the database does not let it in. */
  | { kind: "no_login" }
  | { kind: "login"; code: string }
  | { kind: "too_slow" }
  /** Its session ended before it was done. */
  | { kind: "cut_off" }
  /** More room on disk or in memory than it may take. */
  | { kind: "too_large" }
  /** More cells than anybody can look at. */
  | { kind: "too_many"; most: number }
  /** It reads, calls or changes what it may not; `said` as below. */
  | { kind: "forbidden"; said: string; isOfText: boolean }
  /**
   * `said` is the database's word, and may hold a value of the data or a literal unless `isOfText`;
   * `line` is the one of the statement that it is about, where that is known.
   */
  | { kind: "refused"; code: string; said: string; isOfText: boolean; line: string | null }
  /** A dimension gives accounts more than one value. */
  | { kind: "two_values"; accounts: number }
  /** Columns of another type than the engine's. */
  | { kind: "wrong_rows"; said: string };

export interface OwnSqlFault {
  kind: "own_sql";
  metric: string;
  /** Where the entry begins. */
  place: Place;
  reason: OwnSqlReason;
}

/** Carries the fault out of a transaction, which is rolled back by it. */
export class OwnSqlFailed extends Error {
  override name = "OwnSqlFailed";
  readonly fault: OwnSqlFault;

  constructor(metric: string, place: Place, reason: OwnSqlReason, cause?: unknown) {
    const said = "said" in reason ? reason.said : reason.kind;
    super(`${place.file}:${place.line} ${metric}: ${said}`, { cause });
    this.fault = { kind: "own_sql", metric, place, reason };
  }
}

/** What `work` gives, or the fault of the company's own SQL that ended it. */
export async function orOwnSqlFault<T, F>(
  work: () => Promise<Result<T, F>>,
): Promise<Result<T, F | OwnSqlFault>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OwnSqlFailed) return failed(error.fault);
    throw error;
  }
}

/** Why a guest's statement failed; null: for no fault of its own, which is a bug of ours. */
export function reasonOf(error: unknown): OwnSqlReason | null {
  if (error instanceof NoGuestLogin) return { kind: "no_login" };
  if (error instanceof GuestShutOut) return { kind: "login", code: error.code };
  if (error instanceof GuestTooSlow) return { kind: "too_slow" };
  if (error instanceof GuestTooLarge) return { kind: "too_large" };
  if (error instanceof GuestMisread) return refusedAs(error.code, error.message, error.line);
  if (error instanceof RowMismatch) return { kind: "wrong_rows", said: error.message };
  if (!(error instanceof Error)) return null;
  // Where it is ours that is lost, our next statement tells.
  if (isConnectionLoss(error)) return { kind: "cut_off" };
  const code = sqlState(error);
  if (code === null) return null;
  const said = error.message;
  if (code === "57014" || code === "55P03") return { kind: "too_slow" };
  if (code.startsWith("53") || code === "54000") return { kind: "too_large" };
  return refusedAs(code, said, null);
}

/** Of what a statement names itself; a name that it makes of values is told with where that happened. */
const ofNames =
  /^permission denied for (table|view|function) "?\w+"?$|^cannot execute [A-Z ]+ in a read-only transaction$/;

/** `line`: the statement was refused as it was read, so that what is said is of its text. */
function refusedAs(code: string, said: string, line: string | null): OwnSqlReason {
  if (code === "42501" || code === "25006")
    return { kind: "forbidden", said, isOfText: line !== null || ofNames.test(said) };
  return { kind: "refused", code, said, isOfText: line !== null, line };
}
