/** What an export holds, written when all of it is there: a folder without it is none. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { failed, ok, type Result } from "../result.ts";
import type { BackupFault } from "./backup-fault.ts";

export const MANIFEST = "manifest.json";

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);

const manifest = z.strictObject({
  /** Of this file. */
  format: z.literal(1),
  /** Of the program that wrote it. */
  version: z.string(),
  /** That its database had, oldest first. */
  migrations: z.array(z.string()).min(1),
  /** An ISO instant. */
  takenAt: z.string(),
  /** Parents before children. */
  tables: z.array(
    z.strictObject({
      schema: name,
      table: name,
      columns: z.array(name).min(1),
      /** In the folder, as COPY's text. */
      file: z.string().regex(/^[a-z0-9_.]+$/),
      rows: z.int().min(0),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** The last number that each sequence gave. */
  sequences: z.array(z.strictObject({ schema: name, sequence: name, last: z.int() })),
});

export type Manifest = z.infer<typeof manifest>;

export async function readManifest(folder: string): Promise<Result<Manifest, BackupFault>> {
  const file = path.join(folder, MANIFEST);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return failed({ kind: "no_export", folder });
  }
  const parsed = manifest.safeParse(parseJson(text));
  return parsed.success
    ? ok(parsed.data)
    : failed({ kind: "damaged", file: MANIFEST, what: "manifest" });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
