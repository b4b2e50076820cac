import { z } from "zod";

const lists = new WeakMap<z.ZodType, z.ZodType>();

/** The statement and the code disagree about a row: a bug, or a migration that did not run. */
export class RowMismatch extends Error {
  override name = "RowMismatch";

  constructor(statement: string, problems: string) {
    super(`rows are not as expected: ${problems}; statement: ${statement.trim().slice(0, 200)}`);
  }
}

/** Checks all rows in one go; the list's schema is built once a row schema. */
export function checkRows<T>(row: z.ZodType<T>, rows: unknown[], statement: string): T[] {
  const checked = listOf(row).safeParse(rows);
  if (checked.success) return checked.data;
  // Paths and types only: a value may be a company's figure.
  const problems = checked.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  throw new RowMismatch(statement, problems.join(", "));
}

function listOf<T>(row: z.ZodType<T>): z.ZodType<T[]> {
  const known = lists.get(row);
  if (known !== undefined) return known as z.ZodType<T[]>;
  const made = z.array(row);
  lists.set(row, made);
  return made;
}
