import { nearest } from "../../nearest.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { ImportFault, MappingProblem } from "../fault.ts";
import type { TableShape } from "../table-shape.ts";
import { isView } from "./definition.ts";
import type { ReadMapping } from "./read-mapping.ts";

/** The shapes of the tables that a mapping fills; what it names must be there. */
export function checkTables(
  { mapping, places }: ReadMapping,
  shapes: ReadonlyMap<string, TableShape>,
): Result<TableShape[], ImportFault> {
  const problems: MappingProblem[] = [];
  const found: TableShape[] = [];
  for (const [table, { complete_through: through }] of Object.entries(mapping.tables)) {
    const shape = shapes.get(table);
    if (shape === undefined) {
      const message = `"${table}" is no source table. ${suggestion(table, [...shapes.keys()])}`;
      problems.push({ ...places.ofKey(["tables", table]), path: `tables.${table}`, message });
      continue;
    }
    found.push(shape);
    const children = [...shapes.values()].filter(({ references }) =>
      references.some(({ parent }) => parent === table),
    );
    if (isView(mapping, table) && children.length > 0) {
      const message = `no view, since ${children.map((child) => child.table).join(", ")} refer to its rows: write over: raw, whose SELECT may read your tables as well`;
      problems.push({ ...places.ofKey(["tables", table]), path: `tables.${table}`, message });
    }
    if (through.kind !== "max") continue;
    const times = shape.columns.filter(
      ({ type }) => type === "date" || type.startsWith("timestamp"),
    );
    if (times.some(({ name }) => name === through.column)) continue;
    const allowed = times.map(({ name }) => name);
    const message = `${table} has no date or time "${through.column}". ${suggestion(through.column, allowed)}`;
    const path = ["tables", table, "complete_through"];
    problems.push({ ...places.of(path), path: path.join("."), message });
  }
  return problems.length > 0 ? failed({ kind: "mapping", problems }) : ok(found);
}

function suggestion(word: string, allowed: readonly string[]): string {
  const [near] = nearest(word, allowed);
  return `${near === undefined ? "" : `Did you mean "${near}"? `}Allowed: ${allowed.join(", ") || "none"}`;
}
