const YEARS = [52, 104];

/**
 * Whether a departure came in both years before as well: within one week of the same date, on the
 * same side and at least half the size. `past` holds the departures of weeks tested alone.
 * Source: METRICS.md 4.2 B, verdict 4.
 */
export function isSeasonal(
  past: ReadonlyMap<number, number>,
  week: number,
  departure: number,
): boolean {
  return YEARS.every((weeksBack) =>
    [-1, 0, 1].some((shift) => {
      const then = past.get(week - weeksBack + shift);
      return then !== undefined && then * Math.sign(departure) >= Math.abs(departure) / 2;
    }),
  );
}
