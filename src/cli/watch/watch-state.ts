/** What `kpi watch` has told, in a small file below the data folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { errorFields } from "../../log.ts";
import type { WatchNotice, WatchState } from "../../reports/index.ts";

const notices = z.object({ version: z.literal(1), notices: z.array(z.custom<WatchNotice>()) });

export function watchState(dataDir: string): WatchState {
  const file = path.join(dataDir, "watch.json");
  return {
    read: () => readNotices(file),
    write: (kept) => {
      mkdirSync(dataDir, { recursive: true });
      // Renamed into its place, so that who is cut off leaves no half of a file.
      const fresh = `${file}.${process.pid}`;
      writeFileSync(fresh, JSON.stringify({ version: 1, notices: kept }, null, 2));
      renameSync(fresh, file);
    },
  };
}

/** None where there is no file, or one that is not ours. */
function readNotices(file: string): readonly WatchNotice[] {
  try {
    const read = notices.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return read.success ? read.data.notices : [];
  } catch (error) {
    if (error instanceof SyntaxError || errorFields(error).code === "ENOENT") return [];
    throw error;
  }
}
