import type { Catalogue } from "../../src/metrics/catalogue/index.ts";
import { addWeeks } from "../../src/metrics/index.ts";
import { type Compared, compareScorecards, compareSeries } from "./measure-answers.ts";
import { type Imported, measureImport } from "./measure-import.ts";
import { importNewWeek, importUsage, measureRefresh, type Refreshed } from "./measure-refresh.ts";
import { type Peaks, watchMemory } from "./peak-memory.ts";
import { ENDS, startWorld, type World } from "./world.ts";

/** All that is measured of a company of one size. */
export interface Measured {
  usageRows: number;
  catalogue: Catalogue;
  /** Of all weeks but the last, from nothing. */
  backfill: Refreshed;
  newWeek: Refreshed & { rows: number };
  late: Refreshed & { rows: number };
  series: readonly Compared[];
  scorecard: { ms: number; exactMs: number; metrics: number };
  imports: readonly Imported[];
  peaks: { refresh: Peaks; import: Peaks };
}

export async function measureCompany(usageRows: number): Promise<Measured> {
  note(`generating ${usageRows / 1e6}M usage rows`);
  const world = await startWorld(usageRows);
  const memory = watchMemory(world.data.db);
  try {
    const refreshed = await measureRefreshes(world);
    const refresh = memory.peaks();
    note("answers");
    const last = addWeeks(ENDS.toString(), -1);
    const series = await compareSeries(world, last);
    const scorecard = await compareScorecards(world, last);
    note("imports");
    memory.peaks();
    const imports = await measureImport(world);
    const peaks = { refresh, import: memory.peaks() };
    const { catalogue } = world.data;
    return {
      usageRows: world.usageRows,
      catalogue,
      ...refreshed,
      series,
      scorecard,
      imports,
      peaks,
    };
  } finally {
    memory.stop();
    await world.stop();
  }
}

async function measureRefreshes(
  world: World,
): Promise<Pick<Measured, "backfill" | "newWeek" | "late">> {
  note("backfill");
  const backfill = await measureRefresh(world);
  note(`  took ${Math.round(backfill.ms)} ms; a new week`);
  const newRows = await importNewWeek(world);
  const newWeek = { ...(await measureRefresh(world)), rows: newRows };
  note(`  took ${Math.round(newWeek.ms)} ms; late rows`);
  const rows = await importUsage(world, world.lateRows);
  const late = { ...(await measureRefresh(world)), rows };
  note(`  took ${Math.round(late.ms)} ms`);
  return { backfill, newWeek, late };
}

/** What it is at: minutes may pass between two tables. */
function note(what: string): void {
  console.error(`${new Date().toTimeString().slice(0, 8)}  ${what}`);
}
