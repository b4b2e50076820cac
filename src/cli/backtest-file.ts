/** A CSV file of one row a week, judged: it needs no database. */
import path from "node:path";
import { type Config, isoWeekday } from "../config/index.ts";
import { readWeeklyCsv } from "../ingest/index.ts";
import {
  type Backtest,
  backtestSeries,
  parseWeek,
  seriesColumns,
  seriesKinds,
  seriesOfRows,
} from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { tellRowProblems, tellWeeklyCsvFault } from "./tell-weekly-csv.ts";
import { FAILED, WRONG_USE } from "./terminal.ts";

export interface FileRules {
  kind?: string;
  nMin?: string;
  reset?: readonly string[];
}

interface FileFault {
  text: string;
  /** The exit status. */
  status: number;
}

type Kind = (typeof seriesKinds)[number];
type Calendar = Pick<Config["company"], "time_zone" | "week_starts">;

export async function backtestFile(
  file: string,
  rules: FileRules,
  { time_zone, week_starts }: Calendar,
  now: Temporal.Instant,
): Promise<Result<Backtest, FileFault>> {
  const kind = seriesKinds.find((name) => name === rules.kind);
  if (kind === undefined)
    return misused(`--kind: one of ${seriesKinds.join(", ")}, with --csv <file>`);
  const nMin = readCount(rules.nMin);
  if (nMin === null) return misused("--n-min: a whole number, such as 30");
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate();
  const readWeek = (text: string) => parseWeek(text, isoWeekday(week_starts), today);
  const resets = (rules.reset ?? []).map(readWeek);
  if (!resets.every((week) => week !== null))
    return misused("--reset: a week such as 2026-W46, or a date in it");
  const name = path.basename(file);
  const rows = await readWeeklyCsv(path.resolve(file), seriesColumns[kind], readWeek);
  if (!rows.ok) return failed({ text: tellWeeklyCsvFault(rows.fault, kind), status: FAILED });
  const read = seriesOfRows(rows.value, { kind, nMin, resets });
  if (!read.ok) return failed({ text: tellRowProblems(name, read.fault), status: FAILED });
  const { first, series } = read.value;
  const about = { name, unit: unitOf(kind, series.fraction), direction: "neutral" } as const;
  return ok(backtestSeries(about, first, series));
}

function unitOf(kind: Kind, fraction: boolean): string {
  if (kind === "prop" || fraction) return "percent";
  return kind === "nps" ? "points (-100..100)" : "count";
}

/** 0 where nothing is given; null for what is no number. */
function readCount(text = "0"): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function misused(text: string): { ok: false; fault: FileFault } {
  return failed({ text, status: WRONG_USE });
}
