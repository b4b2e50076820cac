/** Walks the verdicts of all unfiltered metrics by family and stores them (METRICS.md 4.2 B). */
import type { Database } from "../db/index.ts";
import { type VerdictSeries, type WeekVerdict, walkVerdicts } from "./analysis/index.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { firstObservedWeek } from "./first-data-week.ts";
import { needsOf } from "./held.ts";
import { firstWalkedWeek } from "./judge.ts";
import type { Failures } from "./metric-failures.ts";
import { observe } from "./observe.ts";
import { inSnapshot } from "./query/run-windows.ts";
import { readSeries } from "./read-series.ts";
import { VERDICTS_LOCK } from "./roll-up/locks.ts";
import { storeVerdicts, tellable } from "./verdict-store.ts";
import { finalWeek, readWatermarks, type Watermarks } from "./watermark.ts";
import { addWeeks, weeksFrom } from "./week.ts";

/** A movement of the walk, for whoever keeps signals. `ended`: it is no longer open at the walk's end. */
export interface Movement {
  metric: string;
  version: string;
  direction: 1 | -1;
  openedBy: "signal" | "run";
  firstWeek: WeekStart;
  openedWeek: WeekStart;
  closedWeek: WeekStart | null;
}

/**
 * The tested metrics of a layer are one family, whatever a channel shows (METRICS.md 4.2 B); `metrics`
 * holds whole layers.
 */
export async function judgeFamilies(
  db: Database,
  settings: MetricSettings,
  metrics: readonly Metric[],
  failures: Failures,
): Promise<Movement[]> {
  const movements: Movement[] = [];
  for (const layer of new Set(metrics.map((metric) => metric.layer))) {
    const tested = metrics.filter((metric) => metric.layer === layer && metric.test !== null);
    movements.push(...(await judgeFamily(db, settings, tested, failures)));
  }
  return movements;
}

/** A metric of the family with its weeks up to its own latest final one. */
interface Member {
  metric: Metric;
  weeks: readonly WeekStart[];
  series: VerdictSeries;
}

function judgeFamily(
  db: Database,
  settings: MetricSettings,
  tested: readonly Metric[],
  failures: Failures,
): Promise<Movement[]> {
  return db.transaction(async (sql) => {
    // Read within the lock, too: whoever is last to store has then read what was renewed last.
    await sql.run("SELECT pg_advisory_xact_lock($1)", [VERDICTS_LOCK]);
    const watermarks = await readWatermarks(sql, "facts", needsOf(tested));
    const last = lastWeek(tested, watermarks, settings);
    const first = last === null ? null : await firstWalkedWeek(sql, settings, tested, last);
    if (last === null || first === null) return [];
    const weeks = weeksFrom(first, last);
    const family: Member[] = [];
    for (const metric of tested) {
      const final = finalWeek(metric, watermarks, settings);
      const own = weeks.filter((week) => final !== null && week <= final);
      const read = (): Promise<Member> => readMember(db, settings, metric, own, weeks.length);
      const member = await failures.attempt(metric, null, read);
      if (member !== null && own.length > 0) family.push(member);
    }
    const walked = walkVerdicts(family.map((member) => member.series));
    for (const [i, member] of family.entries())
      await storeVerdicts(sql, member.metric, told(member, walked[i] ?? []));
    return family.flatMap(({ metric }, i) => movementsOf(metric, walked[i] ?? [], first));
  });
}

function lastWeek(
  metrics: readonly Metric[],
  watermarks: Watermarks,
  settings: MetricSettings,
): WeekStart | null {
  const finals = metrics
    .map((metric) => finalWeek(metric, watermarks, settings))
    .filter((week) => week !== null);
  return finals.sort().at(-1) ?? null;
}

async function readMember(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
  weeks: readonly WeekStart[],
  familyWeeks: number,
): Promise<Member> {
  const question = { metric, weeks, width: 1, filters: {}, by: null, exact: false };
  const observed = await inSnapshot(db, settings, "facts", async (sql) =>
    observe(
      metric,
      await readSeries(sql, settings, question),
      await firstObservedWeek(sql, settings, metric),
    ),
  );
  if (observed === null) throw new Error(`${metric.id} has no test`);
  // A metric whose sources are late has none weeks at the end, so that the family stays in step.
  const late = Array.from({ length: familyWeeks - weeks.length }, () => null);
  return {
    metric,
    weeks,
    series: { ...observed, observations: [...observed.observations, ...late] },
  };
}

function told({ metric, weeks }: Member, walked: readonly WeekVerdict[]) {
  const [first = ""] = weeks;
  return new Map(
    walked
      .slice(0, weeks.length)
      .map((verdict, w) => [addWeeks(first, w), tellable(metric.test, verdict, first)] as const),
  );
}

function movementsOf(
  metric: Metric,
  verdicts: readonly WeekVerdict[],
  first: WeekStart,
): Movement[] {
  const found: Movement[] = [];
  verdicts.forEach((verdict, week) => {
    for (const { first: began } of verdict.ended) {
      const open = found.findLast(
        (movement) => movement.closedWeek === null && movement.firstWeek === addWeeks(first, began),
      );
      if (open) open.closedWeek = addWeeks(first, week);
    }
    const { movement } = verdict;
    if (movement?.openedIn !== week) return;
    found.push({
      metric: metric.id,
      version: metric.specVersion,
      direction: movement.direction,
      openedBy: movement.openedBy,
      firstWeek: addWeeks(first, movement.first),
      openedWeek: addWeeks(first, week),
      closedWeek: null,
    });
  });
  return found;
}
