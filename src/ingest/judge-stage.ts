/**
 * Sorts the rows of the stage: those that the table can take end up typed in `import_typed`, each
 * once; the others are recorded with line, column and reason. Nothing raises an error for a row.
 */
import { recordRejections } from "./record-rejections.ts";
import { settleRepeats } from "./settle-repeats.ts";
import { constant, identifier } from "./sql-text.ts";
import { type Loading, REJECTED, STAGE, stagedValue, TYPED, typedColumns } from "./stage.ts";
import { SOURCE_SCHEMA } from "./table-shape.ts";
import { acceptable, readable } from "./value-rules.ts";

/** Rows that repeat another of the same file in every column, beyond the first of each. */
export async function judgeStage(loading: Loading): Promise<{ repeated: number }> {
  const { sql, stage, rules } = loading;
  if (rules?.prepare && holds(loading, "metric_id")) await sql.run(rules.prepare(STAGE));
  await rejectFlaws(loading);
  const typed = await typeRows(loading);
  if (typed < stage.rows - stage.flawed) await rejectValues(loading);
  await rejectBrokenRules(loading);
  await rejectByRules(loading);
  const repeated = await settleRepeats(loading);
  // Of a stage the planner must know little: with the default's samples this takes a tenth of an import.
  await sql.run(`SET LOCAL default_statistics_target = 10; ANALYZE ${TYPED};
    SET LOCAL default_statistics_target = DEFAULT`);
  return { repeated };
}

/** True where each column of the row can take its text. */
export function acceptableRow({ stage, check }: Loading, row: string): string {
  return stage.columns.map((column) => acceptable(column, row, check)).join(" AND ");
}

async function rejectFlaws(loading: Loading): Promise<void> {
  if (loading.stage.flawed === 0) return;
  const select = {
    row: "s.ctid",
    line: "s._line",
    column: "NULL",
    code: "s._flaw",
    detail: "NULL",
    value: "NULL",
  };
  await recordRejections(
    loading,
    select,
    `FROM ${STAGE} s WHERE s._flaw IS NOT NULL ORDER BY s._line`,
  );
}

function typeRows(loading: Loading): Promise<number> {
  const { sql } = loading;
  const columns = typedColumns(loading.stage).map(
    (column) => `${stagedValue(loading.stage, column, "s")} AS ${identifier(column.name)}`,
  );
  return sql.run(`CREATE TEMP TABLE ${TYPED} ON COMMIT DROP AS
    SELECT s.ctid AS _row, s._line, ${columns.join(", ")} FROM ${STAGE} s
    WHERE s._flaw IS NULL AND ${acceptableRow(loading, "s")}`);
}

/** One rejection a value, so that a row with two faults is mended in one go. */
async function rejectValues(loading: Loading): Promise<void> {
  const { stage, check } = loading;
  const verdicts = stage.columns.map((column) => {
    const text = `s.${identifier(column.name)}`;
    const missing = column.required ? `WHEN ${text} IS NULL THEN 'missing' ` : "";
    const wrong = `WHEN ${text} IS NOT NULL AND NOT ${readable(text, column.type, check)} THEN 'type' `;
    return `(${constant(column.name)}, CASE ${missing}${wrong}END, ${text})`;
  });
  const select = {
    row: "s.ctid",
    line: "s._line",
    column: "v.name",
    code: "v.code",
    detail: "NULL",
    value: "v.value",
  };
  const from = `FROM ${STAGE} s CROSS JOIN LATERAL (VALUES ${verdicts.join(", ")}) v(name, code, value)
    WHERE s._flaw IS NULL AND NOT (${acceptableRow(loading, "s")}) AND v.code IS NOT NULL ORDER BY s._line`;
  await recordRejections(loading, select, from);
}

/** CHECK constraints, and foreign keys to rows that are not there. */
async function rejectBrokenRules(loading: Loading): Promise<void> {
  const { shape } = loading;
  const held = new Set(typedColumns(loading.stage).map((column) => column.name));
  for (const rule of shape.checks.filter(({ columns }) =>
    columns.every((name) => held.has(name)),
  )) {
    const check = { ...rule, detail: constant(rule.name) };
    await rejectWhere(loading, "check", check, `NOT (${rule.condition})`);
  }
  for (const reference of shape.references.filter(({ columns }) =>
    columns.every((name) => held.has(name)),
  )) {
    const parent = `${identifier(SOURCE_SCHEMA)}.${identifier(reference.parent)}`;
    const match = reference.columns.map(
      (name, index) =>
        `p.${identifier(reference.parentColumns[index] ?? name)} = t.${identifier(name)}`,
    );
    const stated = reference.columns
      .map((name) => `t.${identifier(name)} IS NOT NULL`)
      .join(" AND ");
    const orphan = `${stated} AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${match.join(" AND ")})`;
    const broken = { ...reference, detail: constant(reference.name) };
    await rejectWhere(loading, "reference", broken, orphan);
  }
}

/** What the catalogue says of the rows that the table's constraints take. */
async function rejectByRules(loading: Loading): Promise<void> {
  for (const rule of loading.rules?.rules ?? []) {
    const absent = rule.columns.filter((name) => !holds(loading, name));
    // A column that the file does not have takes its default, which breaks no rule, or null.
    if (absent.some((name) => hasDefault(loading, name))) continue;
    const columns = rule.columns.filter((name) => !absent.includes(name));
    const broken = absent.reduce((sql, name) => sql.replaceAll(`t.${name}`, "NULL"), rule.broken);
    await rejectWhere(loading, "rule", { columns, detail: rule.reason }, broken);
  }
}

function hasDefault({ shape }: Loading, name: string): boolean {
  return shape.columns.some((column) => column.name === name && column.fallback !== null);
}

function holds({ stage }: Loading, name: string): boolean {
  return typedColumns(stage).some((column) => column.name === name);
}

async function rejectWhere(
  loading: Loading,
  code: "check" | "reference" | "rule",
  rule: { columns: readonly string[]; detail: string },
  condition: string,
): Promise<void> {
  const values = rule.columns.map((name) => `t.${identifier(name)}::text`).join(", ");
  const select = {
    row: "t._row",
    line: "t._line",
    column: constant(rule.columns.join(", ")),
    code: constant(code),
    detail: rule.detail,
    value: `concat_ws(', ', ${values})`,
  };
  const from = `FROM ${TYPED} t WHERE ${condition} ORDER BY t._line`;
  const found = await recordRejections(loading, select, from);
  if (found > 0) {
    await loading.sql.run(
      `DELETE FROM ${TYPED} t USING ${REJECTED} r WHERE r.row = t._row AND r.target = $1`,
      [loading.shape.table],
    );
  }
}
