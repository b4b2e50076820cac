import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { generateCompany } from "./generate-company.ts";
import type { CompanyOptions } from "./options.ts";

/**
 * Writes `<table>.csv` for every source table into a folder, made if absent; the paths, in loading
 * order. Rejects with an AbortError once `signal` is aborted.
 */
export async function writeCompany(
  folder: string,
  options: CompanyOptions,
  signal?: AbortSignal,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const table of generateCompany(options)) {
    const path = join(folder, `${table.name}.csv`);
    await pipeline(Readable.from(table.csv()), createWriteStream(path), {
      ...(signal && { signal }),
    });
    paths.push(path);
  }
  return paths;
}
