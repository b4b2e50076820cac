import type { TableShape } from "./table-shape.ts";

/**
 * Parents before their children; tables that do not depend on each other stay in the order given.
 * References to itself or to a table that is not loaded hold nothing up. Tables in a circle of
 * references keep the order given: a row that then lacks its parent is rejected, not lost.
 */
export function foreignKeyOrder(shapes: readonly TableShape[]): TableShape[] {
  const byName = new Map(shapes.map((shape) => [shape.table, shape]));
  const ordered: TableShape[] = [];
  const seen = new Set<string>();
  const visit = (shape: TableShape): void => {
    if (seen.has(shape.table)) return;
    seen.add(shape.table);
    for (const reference of shape.references) {
      const parent = byName.get(reference.parent);
      if (parent !== undefined) visit(parent);
    }
    ordered.push(shape);
  };
  shapes.forEach(visit);
  return ordered;
}
