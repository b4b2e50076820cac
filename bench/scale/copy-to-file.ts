import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Database } from "../../src/db/index.ts";

/** A SELECT's rows as a CSV file with a header. */
export async function copyToFile(db: Database, select: string, file: string): Promise<void> {
  await db.transaction(async (sql) => {
    const rows = await sql.copyOut(`COPY (${select}) TO STDOUT (FORMAT csv, HEADER)`);
    await pipeline(rows, createWriteStream(file));
  });
}
