/** Rows of a file as the series that a backtest judges; every fault of every row at once. */
import { failed, ok, type Result } from "../result.ts";
import type { Observation, VerdictSeries } from "./analysis/index.ts";
import type { WeekStart } from "./answer.ts";
import { weeksBetween, weeksFrom } from "./week.ts";

type Kind = VerdictSeries["kind"];

/** The columns that say what was observed, beside `week`. */
export const seriesColumns = {
  prop: ["x", "n"],
  nps: ["promoters", "detractors", "n"],
  flow: ["value"],
  stock: ["value"],
  value: ["value"],
} as const satisfies Record<Kind, readonly string[]>;

export const seriesKinds: readonly Kind[] = ["prop", "nps", "flow", "stock", "value"];

export interface WeekRow {
  line: number;
  week: WeekStart;
  /** In the order of the kind's columns; null: a missing week. */
  numbers: readonly number[] | null;
}

export interface RowProblem {
  line: number;
  column: string;
  /** What is wrong and what is allowed. */
  problem: string;
}

export interface RowRules {
  kind: Kind;
  nMin: number;
  /** Weeks from which a person declared a new normal. */
  resets: readonly WeekStart[];
}

/** Twenty years: a longer span is a year that was mistyped. */
const MOST_WEEKS = 1_040;

/** A calendar week without a row is a missing one. `rows` has at least one, in any order. */
export function seriesOfRows(
  rows: readonly WeekRow[],
  { kind, nMin, resets }: RowRules,
): Result<{ first: WeekStart; series: VerdictSeries }, RowProblem[]> {
  const problems = [...repeatedWeeks(rows), ...rows.flatMap((row) => wrongNumbers(kind, row))];
  const weeks = rows.map(({ week }) => week).sort();
  const [first = "", last = ""] = [weeks[0], weeks.at(-1)];
  const span = first === "" ? 0 : weeksBetween(first, last) + 1;
  if (span > MOST_WEEKS) problems.push(farWeek(rows, first));
  if (problems.length > 0) return failed(problems.sort((a, b) => a.line - b.line));
  const byWeek = new Map(rows.map((row) => [row.week, observationOf(kind, row.numbers)]));
  const observations = weeksFrom(first, last).map((week) => byWeek.get(week) ?? null);
  const series = {
    kind,
    nMin,
    minEffect: null,
    fraction: kind === "value" && observations.every(isFraction),
    resets: resets.map((week) => weeksBetween(first, week)),
    observations,
  };
  return ok({ first, series });
}

/** Nothing in a file says that its values are fractions, but that they all lie between 0 and 1. */
function isFraction(observation: Observation): boolean {
  return typeof observation !== "number" || (observation >= 0 && observation <= 1);
}

function observationOf(kind: Kind, numbers: readonly number[] | null): Observation {
  if (numbers === null) return null;
  const [one = 0, two = 0, three = 0] = numbers;
  if (kind === "prop") return { x: one, n: two };
  return kind === "nps" ? { promoters: one, detractors: two, n: three } : one;
}

function repeatedWeeks(rows: readonly WeekRow[]): RowProblem[] {
  const lines = new Map<WeekStart, number>();
  const problems: RowProblem[] = [];
  for (const { week, line } of rows) {
    const before = lines.get(week);
    if (before === undefined) lines.set(week, line);
    else problems.push({ line, column: "week", problem: `the same week stands on line ${before}` });
  }
  return problems;
}

function farWeek(rows: readonly WeekRow[], first: WeekStart): RowProblem {
  const far = rows.find(({ week }) => weeksBetween(first, week) >= MOST_WEEKS);
  const problem = `lies more than ${MOST_WEEKS} weeks after ${first}, the first week of the file`;
  return { line: far?.line ?? 0, column: "week", problem };
}

function wrongNumbers(kind: Kind, { line, numbers }: WeekRow): RowProblem[] {
  if (numbers === null || kind === "value") return [];
  const columns: readonly string[] = seriesColumns[kind];
  const at = (column: string, problem: string): RowProblem => ({ line, column, problem });
  const counts = kind === "prop" || kind === "nps";
  const problems = numbers.flatMap((number, i) => {
    const column = columns[i] ?? "";
    if (number < 0) return [at(column, `is negative, and ${kind} counts`)];
    return counts && !Number.isInteger(number) ? [at(column, "is not a whole number")] : [];
  });
  if (problems.length > 0 || !counts) return problems;
  const n = numbers.at(-1) ?? 0;
  const parts = numbers.slice(0, -1).reduce((sum, each) => sum + each, 0);
  const named = columns.slice(0, -1).join(" + ");
  return parts > n ? [at("n", `is ${n}, and ${named} are ${parts}`)] : [];
}
