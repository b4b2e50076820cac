import { stat } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../config/index.ts";
import { type Finding, fine, unset } from "./finding.ts";

/** `kpi watch` leaves a file of what it has told, also when that is nothing. */
export async function lookAtWatch({ dataDir }: Config): Promise<Finding> {
  try {
    const { mtime } = await stat(path.join(dataDir, "watch.json"));
    return fine("watch", `kpi watch last ran at ${mtime.toISOString()}`);
  } catch {
    return unset(
      "watch",
      "kpi watch has not run with this data folder: nobody notices when kpi serve itself is gone",
      "Have a timer run kpi watch every five minutes (docs/running.md).",
      5,
    );
  }
}
