/** Months and quarters that the data begin in the middle of: they are no whole ones to compare with. */
import { addPeriods, type Grain } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { partWindow } from "../part-window.ts";
import type { PlaceInTime } from "../place-in-time.ts";

/**
 * Whether the value of a month, or quarter, rests on the one that the data begin in the middle of. The
 * level at its end does not, and weeks are told as they are: their verdicts leave the first ones out.
 */
export function isPartial(
  metric: Metric,
  period: WeekStart,
  { first, begins }: Pick<PlaceInTime, "first" | "begins">,
  grain: Grain | undefined,
): boolean {
  return grain !== undefined && begins > first && restsOn(metric, period, first, grain);
}

function restsOn(metric: Metric, period: WeekStart, first: WeekStart, grain: Grain): boolean {
  switch (metric.aggregation) {
    case "last":
    case "reported":
      return false;
    case "derived":
      return metric.parts.some((part) => {
        const { ago } = partWindow(part, grain);
        return restsOn(part.metric, addPeriods(period, -ago, grain), first, grain);
      });
    default:
      return period === first;
  }
}
