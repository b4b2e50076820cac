import path from "node:path";
import { exportData, tellBackupFault } from "../backup/index.ts";
import { startClock } from "../clock.ts";
import { version } from "../version.ts";
import { ProgressBar } from "./progress-bar.ts";
import { complain, DONE, FAILED, print } from "./terminal.ts";
import { withData } from "./with-data.ts";

/** `kpi export --dir <folder>`: all that is ours, while the bot works on. */
export function exportAll({ dir }: { dir: string }): Promise<number> {
  const folder = path.resolve(dir);
  const bar = new ProgressBar(process.stderr);
  return withData(async ({ data, config, signal }) => {
    const now = startClock(config.clockFrom)();
    const onRead = (reading: Parameters<typeof bar.update>[0]): void => bar.update(reading);
    const exported = await exportData(data.work, { folder, version, now, signal, onRead });
    bar.clear();
    if (!exported.ok) {
      if (exported.fault.kind !== "interrupted") complain(tellBackupFault(exported.fault));
      return FAILED;
    }
    const { tables } = exported.value;
    const [rows, bytes] = [sum(tables, "rows"), sum(tables, "bytes")];
    print(
      `${tables.length} tables, ${rows.toLocaleString("en-GB")} rows, ${(bytes / 1e6).toFixed(1)} MB in ${folder}`,
    );
    print(
      "It holds figures and what people said: keep it as you keep the database. kpi.yaml, metric definitions and secrets are not in it.",
    );
    return DONE;
  }, "Nothing was exported; what had been written is gone.");
}

export function sum(
  tables: readonly { rows: number; bytes: number }[],
  of: "rows" | "bytes",
): number {
  return tables.reduce((total, table) => total + table[of], 0);
}
