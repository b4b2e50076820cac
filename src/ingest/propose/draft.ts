/** One source table's SELECT as it is proposed, a line a column with the reason beside it. */
import { identifier } from "../sql-text.ts";
import type { TableColumn } from "../table-shape.ts";
import { wordsOf } from "./fold-name.ts";
import type { MatchedColumn, TableMatch } from "./match-table.ts";
import type { ColumnProfile, Relation } from "./profile.ts";

export interface Draft {
  table: string;
  /** Null: made of constants, or of another table's rows. */
  relation: Relation | null;
  /** Said above the entry. */
  says: readonly string[];
  /** Of a table made of several lines a row, which a new line may change. */
  mode: "upsert" | "replace";
  select: string;
  /** Lines of the file that are in no row, and why; SQL of a condition over `t`. */
  leftOut: readonly { why: string; where: string }[];
  /** Columns of the table that stay empty, and why; told as comments. */
  open: readonly string[];
  /** Columns of the file that the SELECT reads. */
  used: ReadonlySet<string>;
}

/** One column of a SELECT. */
export interface DraftedColumn {
  name: string;
  sql: string;
  why: string;
}

/** A column of the file `t`; only what needs quotes gets them. */
export function fileColumn(name: string): string {
  return `t.${/^[a-z_][a-z0-9_]*$/.test(name) ? name : identifier(name)}`;
}

/** The same as text: a table of a database has types. */
export function fileText(name: string, { hasLines }: Relation): string {
  return hasLines ? fileColumn(name) : `${fileColumn(name)}::text`;
}

/** SQL of a matched column's text, in the spelling of imports. */
export function readColumn(
  { column, from, form }: MatchedColumn,
  { over, hasLines }: Relation,
): string {
  const bare = fileColumn(from.name);
  const text = hasLines || form === null || form.says === "" ? bare : `${bare}::text`;
  const read = form === null ? text : form.read(text);
  // A view gets the type of the source table's column when it is made, and the company's days with it.
  if (isDay(column) && saysTime(from, form) && over !== "view")
    return hasLines ? `left(${read}, 10)` : `${read}::date`;
  if (saysUtc(from) && hasLines) return `${read} || ' UTC'`;
  return inMinutes(column, from) ? `round(${read}::numeric / 60, 4)` : read;
}

/** `by the name "Created (UTC)", in UTC, as its name says`; empty where the names are the same. */
export function reasonOf({ column, from, form, near }: MatchedColumn): string {
  const isSame = from.name.toLowerCase() === column.name;
  const by = isSame ? [] : [`by the name ${JSON.stringify(from.name)}`];
  return [
    ...(near === null ? by : [`? ${near}`]),
    ...(form === null || form.says === "" ? [] : [form.says]),
    ...(from.filled === 0 && !isSame ? ["? it is empty so far"] : []),
    ...(isDay(column) && saysTime(from, form) ? ["the day alone"] : []),
    ...(saysUtc(from) ? ["in UTC, as its name says"] : []),
    ...(inMinutes(column, from) ? ["seconds as minutes"] : []),
  ].join(", ");
}

/** What the table needs of a file: it has no default, and nothing that may stand in. */
export function neededColumns({ shape, words }: TableMatch): string[] {
  return shape.columns
    .filter(
      ({ name, required, fallback }) => required || (shape.key.includes(name) && fallback === null),
    )
    .map(({ name }) => name)
    .filter((name) => words.columns[name]?.instead === undefined);
}

/** What files say of themselves, as a comment: a line break would end it, and what follows be run. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

/** A SELECT of aligned lines; the reasons stand behind them as comments. */
export function writeSelect(columns: readonly DraftedColumn[], rest: readonly string[]): string {
  const lines = columns.map(({ name, sql, why }, nth) => {
    const bare = sql.endsWith(`.${name}`) ? sql : `${sql} AS ${name}`;
    return { sql: `  ${bare}${nth === columns.length - 1 ? "" : ","}`, why };
  });
  const width = Math.min(60, Math.max(...lines.map(({ sql }) => sql.length)));
  const told = lines.map(({ sql, why }) =>
    why === "" ? sql : `${sql.padEnd(width)}  -- ${oneLine(why)}`,
  );
  return ["SELECT", ...told, ...rest].join("\n");
}

function isDay({ type }: TableColumn): boolean {
  return type === "date";
}

function saysTime({ forms }: ColumnProfile, form: MatchedColumn["form"]): boolean {
  return form?.name === "instant" || (form !== null && forms.timed > 0);
}

/** Its values have no zone themselves. */
function saysUtc({ name, forms, filled }: ColumnProfile): boolean {
  return (
    wordsOf(name).includes("utc") && forms.instant === filled && filled > 0 && forms.zoned === 0
  );
}

function inMinutes({ name }: TableColumn, from: ColumnProfile): boolean {
  return name.endsWith("_minutes") && wordsOf(from.name).some((word) => /^sec(ond)?s?$/.test(word));
}
