/** How a driver stands, by what its metrics do (METRICS.md 4.6). A reading aid: what is a signal decides the verdict. */
import type { Direction } from "./answer.ts";
import { dataFirst, type ScorecardEntry } from "./build-scorecard.ts";
import type { Driver } from "./catalogue/index.ts";

export type DriverStatus = "improving" | "worsening" | "steady" | "no_data";

export interface DriverStanding {
  status: DriverStatus;
  /** Mean departure of its metrics towards the better, in standard errors, each within 3; null: no_data. */
  index: number | null;
  /** Metrics that it is the mean of: tested in this week, with a good and a bad side. */
  tested: number;
}

/** A metric's departure in its week, in standard errors; null where nothing was tested. */
export interface Departure {
  direction: Direction;
  z: number | null;
}

/** One outlier must not outvote the others. */
const MOST = 3;
const FEWEST = 2;

export function driverStanding(departures: readonly Departure[]): DriverStanding {
  const scores = departures.flatMap(({ direction, z }) =>
    z === null || direction === "neutral" ? [] : [(direction === "up" ? 1 : -1) * clip(z)],
  );
  const tested = scores.length;
  if (tested < FEWEST) return { status: "no_data", index: null, tested };
  const index = scores.reduce((sum, score) => sum + score, 0) / tested;
  const status = index >= 1 ? "improving" : index <= -1 ? "worsening" : "steady";
  return { status, index, tested };
}

function clip(z: number): number {
  return Math.max(-MOST, Math.min(MOST, z));
}

/** A driver with those of its metrics that are told, in its order, what has no data last. */
export interface ToldDriver {
  driver: Driver;
  standing: DriverStanding;
  rows: readonly ScorecardEntry[];
}

/** Of the rows that are told here alone: a figure that is kept back must not show in the status. */
export function toldDriver(driver: Driver, rows: readonly ScorecardEntry[]): ToldDriver {
  const mine = driver.metrics.flatMap((id) => rows.filter(({ metric }) => metric === id));
  const departures = mine.flatMap((row) =>
    row.kind === "answered"
      ? [{ direction: row.answer.direction, z: row.answer.verdict.z ?? null }]
      : [],
  );
  return { driver, standing: driverStanding(departures), rows: dataFirst(mine) };
}
