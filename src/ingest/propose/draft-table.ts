/** The proposed SELECT of a source table whose rows are a file's rows, or sums of them. */
import type { Sql } from "../../db/index.ts";
import { constant } from "../sql-text.ts";
import type { TableColumn } from "../table-shape.ts";
import type { AccountLink } from "./account-link.ts";
import {
  type Draft,
  type DraftedColumn,
  fileColumn,
  fileText,
  readColumn,
  reasonOf,
  writeSelect,
} from "./draft.ts";
import { wordsOf } from "./fold-name.ts";
import type { TableMatch } from "./match-table.ts";
import { isKey } from "./profile.ts";

/** What is added up where several rows of a file have one key. */
const sums: Readonly<Record<string, readonly string[]>> = {
  usage_daily: ["event_count", "api_calls", "tokens", "active_minutes"],
  revenue_daily: ["net_amount", "cost_amount"],
  marketing_daily: ["sessions", "emails_delivered", "marketing_spend", "sales_cost"],
};

/** A column that another table gives, with the join that leads to it. */
export interface AddedColumn extends DraftedColumn {
  join: string;
}

/** A key that comes twice is the import's to judge, where rows cannot be added up. */
export async function draftTable(
  sql: Sql,
  match: TableMatch,
  link: AccountLink | null,
  added: AddedColumn | null = null,
): Promise<Draft> {
  const { relation, shape } = match;
  const own = shape.columns.flatMap((column) => drafted(match, column, link) ?? []);
  const columns = added === null ? own : [...own, added];
  const out = leftOutOf(match);
  const rest = fromWhere(match, [link, added], out);
  const sqlOf = new Map(columns.map(({ name, sql: text }) => [name, text]));
  const key = shape.key.flatMap((name) => sqlOf.get(name) ?? []);
  const sum = sums[shape.table];
  const addsUp =
    sum !== undefined && !(await isKey(sql, rest.join(" ").slice("FROM ".length), key));
  const line = relation.hasLines ? [{ name: "_line", sql: "t._line", why: "" }] : [];
  const byLine = columns.some(({ sql: text }) => text.includes("t._line::text"));
  return {
    table: shape.table,
    relation,
    says: [
      ...sayings(match, link),
      ...(addsUp ? [`Several rows are one: they are added up by ${shape.key.join(", ")}.`] : []),
    ],
    mode: addsUp || byLine ? "replace" : "upsert",
    select: addsUp
      ? writeSelect(addUp(match, columns, sum), [...rest, groupBy(key)])
      : writeSelect([...line, ...columns], rest),
    leftOut: out,
    open: openColumns(match, columns),
    used: new Set(
      [...match.columns.values()].map(({ from: { name } }) => name).concat(link?.by ?? []),
    ),
  };
}

/** The lines behind the columns: the rows that are read, and which of them count. */
function fromWhere(
  match: TableMatch,
  joined: readonly ({ join: string } | null)[],
  out: Draft["leftOut"],
): string[] {
  const joins = joined.flatMap((each) => each?.join ?? []);
  const wanted = [...out.map(({ where }) => `NOT (${where})`), ...filledOnly(match)];
  return [
    `FROM ${[match.relation.table, "t", ...joins].join(" ")}`,
    ...(wanted.length > 0 ? [`WHERE ${wanted.join(" AND ")}`] : []),
  ];
}

/** Constants among the key's columns are no part of it. */
function groupBy(key: readonly string[]): string {
  return `GROUP BY ${key.filter((text) => text.includes(".")).join(", ")}`;
}

/** Of a file of something else only the rows that hold this as well: no score was given for the others. */
function filledOnly({ isCalled, columns, shape }: TableMatch): string[] {
  if (isCalled) return [];
  const needed = shape.columns.filter(({ required, type }) => required && type !== "text");
  return needed.flatMap(({ name }) => {
    const found = columns.get(name);
    return found ? [`${fileColumn(found.from.name)} IS NOT NULL`] : [];
  });
}

function drafted(
  match: TableMatch,
  column: TableColumn,
  link: AccountLink | null,
): DraftedColumn | null {
  const { name } = column;
  if (name === "account_id" && link !== null) return { name, sql: link.sql, why: link.why };
  const found = match.columns.get(name);
  if (found) return { name, sql: readColumn(found, match.relation), why: reasonOf(found) };
  if (match.shape.table === "surveys" && name === "kind") return surveyKind(match);
  const instead = match.words.columns[name]?.instead;
  if (instead === undefined) return null;
  if (instead === "row") return rowName(match, name);
  if ("sql" in instead) return { name, sql: instead.sql, why: `? no column says it` };
  const other = match.columns.get(instead.column);
  if (other)
    return {
      name,
      sql: readColumn(other, match.relation),
      why: `? as ${instead.column}: no column of its own`,
    };
  return column.required ? { name, sql: "'unknown'", why: "? no column says it" } : null;
}

/** What tells one row of the file from another. */
function rowName({ relation }: TableMatch, name: string): DraftedColumn {
  const id = relation.columns.find(
    (column) =>
      column.distinct === column.filled && column.filled > 0 && /(^|_| )id$/i.test(column.name),
  );
  return id
    ? { name, sql: fileColumn(id.name), why: `as ${JSON.stringify(id.name)} names the row` }
    : {
        name,
        sql: relation.hasLines ? "t._line::text" : "t.ctid::text",
        why: "? nothing names a row but its line",
      };
}

/** What was asked, by the names of the score's column and of the file; null: nobody knows. */
function surveyKind({ columns, relation, isCalled }: TableMatch): DraftedColumn | null {
  const words = [...wordsOf(columns.get("score")?.from.name ?? ""), ...wordsOf(relation.name)];
  const kind = ["nps", "roi"].find((word) => words.includes(word));
  const satisfaction = words.some((word) => word === "csat" || word === "satisfaction");
  const told = kind ?? (satisfaction ? (isCalled ? "csat" : "support") : null);
  if (told === null) return null;
  return { name: "kind", sql: constant(told), why: "? by the names of the column and the file" };
}

/** An invoice that nobody has paid is no revenue. */
function leftOutOf({ shape, relation }: TableMatch): Draft["leftOut"] {
  if (shape.table !== "revenue_daily") return [];
  const status = relation.columns.find(
    ({ name, values }) =>
      /^(invoice )?status$/i.test(name) && values.some((value) => value.toLowerCase() === "paid"),
  );
  if (status === undefined) return [];
  return [
    { why: "not paid", where: `lower(${fileText(status.name, relation)}) IS DISTINCT FROM 'paid'` },
  ];
}

function addUp(
  { relation }: TableMatch,
  columns: readonly DraftedColumn[],
  added: readonly string[],
): DraftedColumn[] {
  const lines = relation.hasLines
    ? [{ name: "_line", sql: "array_agg(t._line ORDER BY t._line)", why: "" }]
    : [];
  return [
    ...lines,
    ...columns.map((column) =>
      added.includes(column.name) ? { ...column, sql: `sum(${asNumber(column.sql)})` } : column,
    ),
  ];
}

/** A text must become a number to be added up; what was computed is one. */
function asNumber(sql: string): string {
  if (/^(round\(|\d)/.test(sql)) return sql;
  return /^t\.\S+$/.test(sql) ? `${sql}::numeric` : `(${sql})::numeric`;
}

function sayings({ relation, shape, isCalled }: TableMatch, link: AccountLink | null): string[] {
  const by = isCalled ? `is called like ${shape.table}` : `has the columns of ${shape.table}`;
  return [`${relation.title} ${by}.`, ...(link ? [link.says] : [])];
}

function openColumns({ shape, refused }: TableMatch, columns: readonly DraftedColumn[]): string[] {
  const there = new Set(columns.map(({ name }) => name));
  const told = refused.filter((said) => !there.has(said.split(":")[0] ?? ""));
  const silent = shape.columns
    .filter(({ name, fallback }) => !there.has(name) && fallback === null)
    .map(({ name }) => name)
    .filter((name) => !told.some((said) => said.startsWith(`${name}:`)));
  return [
    ...told,
    ...(silent.length > 0 ? [`${silent.join(", ")}: no column is called like it`] : []),
  ];
}
