import path from "node:path";
import { startClock } from "../clock.ts";
import {
  type ImportFault,
  type ImportOptions,
  type ImportReport,
  importCsv,
  importFolder,
  importMapping,
  tellImport,
  tellImportFault,
} from "../ingest/index.ts";
import type { Data } from "../open-data.ts";
import type { Result } from "../result.ts";
import { openSource } from "../source-database.ts";
import { ProgressBar } from "./progress-bar.ts";
import { complain, DONE, FAILED, print, STOPPED, WRONG_USE } from "./terminal.ts";
import { withData } from "./with-data.ts";

export interface ImportArguments {
  mapping?: string;
  dir?: string;
  mode: "upsert" | "replace";
  completeThrough?: string;
  strict?: boolean;
  rejected?: string;
  checks?: string;
}

/** One table from one file, a folder of tables, or files by a mapping. */
export function importData(
  table: string | undefined,
  file: string | undefined,
  options: ImportArguments,
): Promise<number> {
  const until = readUntil(options.completeThrough);
  if (until === "wrong")
    return wrongUse(
      `--complete-through: "${options.completeThrough}" is neither a day such as 2026-11-16, which begins then, nor an instant such as 2026-11-16T00:00:00Z`,
    );
  const one = table !== undefined && file !== undefined;
  if (!one && options.mapping === undefined && (table !== undefined || options.dir === undefined)) {
    return wrongUse(
      "Say what to import: kpi import <table> <file.csv>, kpi import --dir <folder>, or kpi import --mapping <mapping.yaml> [--dir <folder>]",
    );
  }
  const stray = strayOptions(one, options);
  if (stray.length > 0) return wrongUse(`${stray.join(" and ")}: this has no meaning here`);
  const bar = new ProgressBar(process.stderr);
  return withData(async ({ data, config, log, signal }) => {
    const name = path.basename(options.mapping ?? table ?? options.dir ?? "", ".yaml");
    const source = openSource(config, log, signal);
    const timeZone = config.company.time_zone;
    const completeThrough =
      until instanceof Temporal.PlainDate ? until.toZonedDateTime(timeZone).toInstant() : until;
    const running = run(data, one ? { table, file } : null, options, completeThrough, {
      now: startClock(config.clockFrom)(),
      timeZone,
      catalogue: data.catalogue,
      rejectionsFile: path.resolve(
        options.rejected ?? path.join(config.dataDir, "rejected", `${name}.csv`),
      ),
      checksFile: options.checks ?? null,
      strict: options.strict ?? false,
      signal,
      source,
      onRead: (reading) => bar.update(reading),
    });
    const result = await running.finally(() => source?.close());
    bar.clear();
    return tell(result);
  }, "Nothing was imported.");
}

/** Options that would be passed over in silence. A mapping says itself up to when its rows are complete. */
function strayOptions(one: boolean, options: ImportArguments): string[] {
  const { mapping, dir, completeThrough, checks } = options;
  return [
    ...(one && mapping !== undefined ? ["--mapping"] : []),
    ...(one && dir !== undefined ? ["--dir"] : []),
    ...(!one && mapping !== undefined && completeThrough !== undefined
      ? ["--complete-through"]
      : []),
    ...(mapping === undefined && checks !== undefined ? ["--checks"] : []),
  ];
}

function run(
  data: Data,
  one: { table: string; file: string } | null,
  options: ImportArguments,
  completeThrough: Temporal.Instant | null,
  common: ImportOptions,
): Promise<Result<ImportReport, ImportFault>> {
  if (one)
    return importCsv(data.work, {
      ...common,
      table: one.table,
      file: path.resolve(one.file),
      mode: options.mode,
      completeThrough,
    });
  if (options.mapping !== undefined)
    return importMapping(data.work, {
      ...common,
      mapping: path.resolve(options.mapping),
      dir: options.dir ? path.resolve(options.dir) : null,
    });
  return importFolder(data.work, {
    ...common,
    folder: path.resolve(options.dir ?? "."),
    mode: options.mode,
    completeThrough,
  });
}

/**
 * Rejected rows alone are no failure: the others are in, and a nightly file with one bad row would
 * else fail each night. A file of which nothing could be taken is.
 */
function tell(result: Result<ImportReport, ImportFault>): number {
  if (!result.ok && result.fault.kind === "interrupted") return STOPPED;
  if (!result.ok) {
    complain(tellImportFault(result.fault));
    return FAILED;
  }
  print(tellImport(result.value));
  if (result.value.tables.some(hasChanged)) print("\nkpi refresh brings it into the answers.");
  const rejected = result.value.tables.filter((table) => table.rejected > 0);
  for (const table of rejected) complain(tellRejected(table));
  return rejected.some((table) => table.rejected === table.read) ? FAILED : DONE;
}

function hasChanged({ new: added, changed, deleted }: ImportReport["tables"][number]): boolean {
  return added + changed + deleted > 0;
}

/** For whoever sends the report to a file. */
function tellRejected({ table, rejected, read }: ImportReport["tables"][number]): string {
  return rejected === read
    ? `${table}: nothing was taken, all rows were rejected.`
    : `${table}: ${rejected} of ${read} rows were rejected, the others were taken.`;
}

/** A day is that of the company's zone, and its rows are not meant: as in a mapping. */
function readUntil(
  text: string | undefined,
): Temporal.PlainDate | Temporal.Instant | null | "wrong" {
  if (text === undefined) return null;
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? Temporal.PlainDate.from(text)
      : Temporal.Instant.from(text);
  } catch {
    return "wrong";
  }
}

async function wrongUse(text: string): Promise<number> {
  complain(text);
  return WRONG_USE;
}
