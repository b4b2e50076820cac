/** The outcome of a check in words: the verdict on the first line, what is wrong and the SQL below. */
import type { CheckFault, DimensionCheck, MetricCheck } from "../metrics/index.ts";
import { nearest } from "../nearest.ts";
import { assertNever } from "../result.ts";
import { needWords } from "../wording/index.ts";
import { tellOwnSql } from "./tell-own-sql.ts";

export function tellCheck(check: MetricCheck, withSql: boolean): string {
  const lines = [`${verdictOf(check).padEnd(8)} ${check.metric}: ${summaryOf(check)}`];
  for (const fault of check.faults) lines.push(`           ${tellFault(fault)}`);
  if (withSql && check.sql !== null) lines.push("", indented(check.sql), "");
  return lines.join("\n");
}

export function tellDimensionCheck(
  { dimension, place, sql, found, faults }: DimensionCheck,
  withSql: boolean,
): string {
  const where = `(${place.file}:${place.line})`;
  const summary =
    found === null
      ? "it could not be read"
      : `${found.values} values of ${found.accounts} accounts in ${milliseconds(found.ms)}, ${found.without} accounts without one; ${found.changed} other than at the last refresh`;
  const lines = [
    `${(found === null ? "wrong" : "ok").padEnd(8)} ${dimension}: ${summary} ${where}`,
  ];
  for (const fault of faults) lines.push(`           ${tellFault(fault)}`);
  if (withSql) lines.push("", indented(sql.trimEnd()), "");
  return lines.join("\n");
}

function verdictOf({ faults, weeks }: MetricCheck): string {
  if (faults.length > 0) return "wrong";
  return weeks.length === 0 ? "no data" : "ok";
}

function summaryOf(check: MetricCheck): string {
  const { missing, needs, weeks, factsMs, exactMs, isBehind, added, place } = check;
  const where = place === null ? "" : ` (${place.file}:${place.line})`;
  const lacking = needs.filter(({ isThere }) => !isThere);
  const there = needs.filter(({ isThere }) => isThere).map(({ need }) => need.text);
  const needed = there.length > 0 ? [`of its needs there is ${there.join(", ")}`] : [];
  if (missing.length + lacking.length > 0) {
    const unloaded = missing.length > 0 ? [`nothing was loaded into ${missing.join(", ")}`] : [];
    const rows = lacking.map(({ need }) => `${needWords(need)} (needs: ${need.text})`);
    return `${[...unloaded, ...rows, ...needed].join("; ")}${where}`;
  }
  if (factsMs === null || exactMs === null)
    return `${isBehind ? "rows have come in since the last refresh: run kpi refresh" : "it was not computed"}${where}`;
  const same = isBehind
    ? "rows have come in since, so run kpi refresh to have both compared"
    : "both compared";
  return [
    `${weeks.length} ${weeks.length === 1 ? "week" : "weeks"} to ${weeks.at(-1)}, the last ${tellValue(check)}`,
    `from the facts ${milliseconds(factsMs)}, from the sources ${milliseconds(exactMs)}, ${same}`,
    added.length > 0 ? `added up over ${added.join(", ")}` : "no dimensions to add up over",
    ...needed,
  ]
    .join("; ")
    .concat(where);
}

function tellValue({ figures }: MetricCheck): string {
  if (figures === null || figures.value === null) return "without a value";
  const of = figures.den === null ? "" : ` (${figures.num} of ${figures.den})`;
  return `${Number(figures.value.toPrecision(15))}${of}`;
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

type NoSuchColumn = Extract<CheckFault, { kind: "no_such_column" }>;

function tellFault(fault: CheckFault): string {
  switch (fault.kind) {
    case "own_sql":
      return tellOwnSql(fault).problem;
    case "differs":
      return `week ${fault.week}: the facts give ${JSON.stringify(fault.facts)}, the sources ${JSON.stringify(fault.exact)}. SQL that names a schema, or depends on the order of rows, does so.`;
    case "does_not_add_up":
      return `week ${fault.week}: ${fault.measure} is ${fault.total} in all, and ${fault.segments} added up by ${fault.dimension}. A unit that may have several values of it needs "overlapping"; SQL that depends on the order of rows does so, too.`;
    case "no_such_column":
      return tellNoSuchColumn(fault);
    case "above_whole":
      return `week ${fault.week}: num is ${fault.num}, above den, ${fault.den}. "test: prop" and "of_whole" say that it is a share of a whole.`;
    case "wrong_units":
      return `${fault.rows.toLocaleString("en")} of ${fault.of.toLocaleString("en")} unit rows ${unitWords[fault.what]}.`;
    default:
      return assertNever(fault);
  }
}

const unitWords = {
  no_window: "have an a that is no window's: select w.a",
  outside: "have an at outside their window: join w by at >= ts(w.a) AND at < ts(w.b)",
  no_time:
    "have no at, and stand under no tier: leave them out, or give the day that they count for",
  no_account: "have no account_id, and are not counted: a platform metric says tier: none",
  unknown_account: "have an account_id that accounts has not, and are not counted",
  no_num: "have no num, and count as 0: coalesce it, or leave them out",
  no_number: "have a num that is NaN or infinite",
  negative_den: "have a den below 0",
} as const satisfies Record<Extract<CheckFault, { kind: "wrong_units" }>["what"], string>;

function tellNoSuchColumn({ need, table, column, columns }: NoSuchColumn): string {
  const [near] = nearest(column, columns);
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  const known =
    columns.length === 0
      ? `There is no source table ${table}.`
      : `${table} has no column ${column}.${hint} Columns: ${columns.join(", ")}`;
  return `needs ${need}: no row could ever have it. ${known}`;
}

function indented(sql: string): string {
  return sql
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
