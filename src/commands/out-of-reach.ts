import type { Metric } from "../metrics/catalogue/index.ts";
import { reachOf, type WeekStart, weekOf } from "../metrics/index.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { calendarOf } from "./parse-query.ts";

/** A week before all data or after the present one has no scorecard; one whose data are late has. */
export async function outOfReach(
  context: CommandContext,
  ask: Ask,
  wanted: readonly Metric[],
  week: WeekStart,
): Promise<AskFault | null> {
  const { today, weekStarts } = calendarOf(context, ask);
  const isFuture = week > weekOf(today, weekStarts);
  for (const metric of wanted) {
    const reach = await reachOf(context.metrics, metric, ask.exact);
    if (reach === null) continue;
    const { first, final } = reach;
    if (isFuture) return { kind: "future_week", week, first, last: final };
    return week < first ? { kind: "week_out_of_range", week, first, last: final } : null;
  }
  return null;
}
