/**
 * The unit rows of a company's own SQL, into the stage that its cells are made of. The restricted login
 * may create no table, and what it reads is carried over page by page.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Metric } from "../catalogue/index.ts";
import { asGuest, MOST_CELLS, refuseMore } from "../query/metric-rows.ts";
import { isByAccount } from "./cell-key.ts";

/** Of rows of single accounts or values, as a company of any size has them. */
const MOST_ROWS = 5_000_000;

/** What `unit_sum` has of unit rows: dimensions, and measures as the engine names them. */
interface StageShape {
  group: readonly string[];
  measures: readonly string[];
  /** The windows that are added up. */
  windows: number;
}

/** Makes `unit_sum` of what `text` gives. */
export async function stageOwn(
  sql: Sql,
  metric: Metric,
  shape: StageShape,
  text: string,
  values: readonly unknown[],
): Promise<void> {
  const columns = stageColumns(metric, shape);
  const types = columns.map(([name, type]) => `"${name}" ${type}`);
  await sql.run(`CREATE TEMP TABLE unit_sum (${types.join(", ")}) ON COMMIT DROP`);
  const names = columns.map(([name]) => `"${name}"`).join(", ");
  const cast = columns.map(([name, type]) => `q."${name}"::${type}::text`);
  const lines = `SELECT ARRAY[${cast.join(", ")}] AS line FROM (${text}) q`;
  await asGuest(sql, metric, (guest) =>
    sql.copyIn(
      `COPY unit_sum (${names}) FROM STDIN`,
      copyText(guest.pages(staged, lines, values), metric, mostRows(metric, shape)),
    ),
  );
}

function stageColumns(metric: Metric, { group, measures }: StageShape): [string, string][] {
  const counted = isByAccount(metric) ? ["account_id"] : [];
  const typeOf = (measure: string): string =>
    measure === "value" ? "float8" : metric.aggregation === "hist" ? "bigint" : "numeric";
  return [
    ["week", "date"],
    ["year", "date"],
    ...[...group, ...counted].map((name): [string, string] => [name, "text"]),
    ...measures.map((name): [string, string] => [name, typeOf(name)]),
    ["n", "bigint"],
  ];
}

const staged = z.object({ line: z.array(z.string().nullable()) });

/** What is added up is no more than cells of each window. */
function mostRows(metric: Metric, { windows }: StageShape): number {
  const isAddedUp = metric.values === undefined && !isByAccount(metric);
  return isAddedUp ? MOST_CELLS * windows : MOST_ROWS;
}

async function* copyText(
  pages: AsyncGenerator<z.infer<typeof staged>[]>,
  metric: Metric,
  most: number,
): AsyncGenerator<string> {
  let rows = 0;
  for await (const page of pages) {
    rows += page.length;
    refuseMore(metric, rows, most);
    yield page.map(({ line }) => `${line.map(copyField).join("\t")}\n`).join("");
  }
}

/** Source: PostgreSQL, COPY, text format. */
function copyField(value: string | null): string {
  if (value === null) return "\\N";
  return value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};
