/** A mapping file as data: which files there are, and how each source table is one SELECT over them. */
import { z } from "zod";
import type { CompleteThrough } from "../set-watermark.ts";

const name = z
  .string()
  .regex(/^[a-z_][a-z0-9_]{0,62}$/, "a name of lower case letters, digits and _");
const select = z.string().min(1);
const maximum = /^max\(\s*([a-z_][a-z0-9_]*)\s*\)$/i;

const completeThrough = z.string().transform((text, context): CompleteThrough => {
  if (text === "loaded_at") return { kind: "loaded_at" };
  const column = maximum.exec(text)?.[1];
  if (column !== undefined) return { kind: "max", column };
  const date = dateOf(text);
  if (date !== null) return { kind: "date", date };
  context.addIssue({
    code: "custom",
    message: "loaded_at, max(<column of the table>) or a date such as 2024-12-31",
  });
  return z.NEVER;
});

const leftOut = z.strictObject({
  /** Why these lines are in no table; told in the report. */
  why: z.string().min(1),
  /** Gives `_line`. */
  sql: select,
});

const file = z
  .union([
    z.string().min(1),
    z.strictObject({ file: z.string().min(1), left_out: z.array(leftOut).default([]) }),
  ])
  .transform((value) => (typeof value === "string" ? { file: value, left_out: [] } : value));

/**
 * Where a SELECT runs: over the files of the mapping, in the user's own database, or as a view in the
 * database that is ours and theirs.
 */
const over = z.enum(["raw", "database", "view"]);

const table = z.strictObject({
  /** The file whose lines the SELECT's column `_line` names, one or an array of them. */
  from: name.optional(),
  mode: z.enum(["upsert", "replace"]).default("upsert"),
  complete_through: completeThrough.default({ kind: "loaded_at" }),
  sql: select,
  over: over.optional(),
  /** Of a view: how many days before today's midnight its rows are complete. */
  lag: z.int().nonnegative().optional(),
});

const check = z.strictObject({ what: z.string().min(1), sql: select });

export const mappingSchema = z
  .strictObject({
    files: z.record(name, file).default({}),
    tables: z.record(name, table),
    checks: z.record(name, check).default({}),
    /** Of every table that does not say it itself. */
    over: over.default("raw"),
  })
  .superRefine(({ over, files, tables }, context) => {
    for (const [key, { from, lag, over: own = over }] of Object.entries(tables)) {
      if (lag !== undefined && own !== "view") {
        const message = "absent, since only a view has it; others have complete_through";
        context.addIssue({ code: "custom", path: ["tables", key, "lag"], message });
      }
      if (from === undefined) continue;
      if (own !== "raw") {
        const message = "absent, since the rows are those of the database and of no file";
        context.addIssue({ code: "custom", path: ["tables", key, "from"], message });
        continue;
      }
      if (from in files) continue;
      const allowed = Object.keys(files).join(", ") || "none";
      context.addIssue({
        code: "custom",
        path: ["tables", key, "from"],
        message: `one of the files: ${allowed}`,
      });
    }
  });

export type Mapping = z.infer<typeof mappingSchema>;
export type MappedFile = Mapping["files"][string];

/** Whether a table's SELECT runs in the user's own database. */
export function isOverDatabase(mapping: Mapping, table: string): boolean {
  return (mapping.tables[table]?.over ?? mapping.over) === "database";
}

/** Whether it is a view, which is made once and not loaded. */
export function isView(mapping: Mapping, table: string): boolean {
  return (mapping.tables[table]?.over ?? mapping.over) === "view";
}

function dateOf(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return null;
  }
}
