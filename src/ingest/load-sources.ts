/** What comes on schedule: a folder of files or the user's own database, by a mapping where there is one. */
import type { Database } from "../db/index.ts";
import type { Result } from "../result.ts";
import type { ImportFault } from "./fault.ts";
import { importFolder } from "./import-folder.ts";
import { importMapping } from "./import-mapping.ts";
import type { ImportOptions } from "./import-run.ts";
import type { ImportReport } from "./report.ts";

export interface SourceLoad extends Omit<ImportOptions, "asWritten"> {
  /** The mapping file; null: the folder's files are called `<table>.csv`. */
  mapping: string | null;
  /** Where files are; null: beside the mapping. One of the two is there. */
  folder: string | null;
}

/** What did not change is not written again; a file that nobody wrote anew makes nothing complete. */
export function loadSources(
  db: Database,
  { mapping, folder, ...options }: SourceLoad,
): Promise<Result<ImportReport, ImportFault>> {
  const common = { ...options, asWritten: true };
  if (mapping !== null) return importMapping(db, { ...common, mapping, dir: folder });
  if (folder === null) throw new Error("neither a mapping nor a folder to load from");
  return importFolder(db, { ...common, folder, mode: "upsert", completeThrough: null });
}
