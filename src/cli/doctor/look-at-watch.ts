import { stat } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../config/index.ts";
import { check, type Finding, fine, unset } from "./finding.ts";

/** A timer of any use has come round by then. */
const SILENT_MS = 60 * 60 * 1_000;

/** `kpi watch` writes its file at each look, by the machine's clock. */
export async function lookAtWatch({ dataDir }: Config): Promise<Finding> {
  const next =
    "Have a timer run kpi watch every five minutes (docs/reference.md, Watching from outside).";
  try {
    const { mtime, mtimeMs } = await stat(path.join(dataDir, "watch.json"));
    const last = `kpi watch last ran at ${mtime.toISOString()}`;
    if (Date.now() - mtimeMs < SILENT_MS) return fine("watch", last);
    return check("watch", `${last}: no timer has run it since`, next, 5);
  } catch {
    return unset(
      "watch",
      "kpi watch has not run with this data folder: nobody notices when kpi serve itself is gone",
      next,
      5,
    );
  }
}
