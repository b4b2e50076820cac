/** How drivers stand, in words. */
import type { DriverStatus, ToldDriver } from "../metrics/index.ts";
import { list } from "./list.ts";
import { plural } from "./plural.ts";
import { isSignal } from "./scorecard-words.ts";

export const statusWords: Readonly<Record<DriverStatus, string>> = {
  improving: "improving",
  worsening: "worsening",
  steady: "steady",
  no_data: "no data",
};

/** `C.3.2 Platform Reliability`. */
export function driverName({ driver: { code, name } }: Pick<ToldDriver, "driver">): string {
  return `${code} ${name}`;
}

/** `3 drivers: 1 worsening, 2 steady.`, the worst first. */
export function driversSentence(drivers: readonly ToldDriver[]): string {
  const order: readonly DriverStatus[] = ["worsening", "improving", "steady", "no_data"];
  const counts = order.flatMap((status) => {
    const count = drivers.filter(({ standing }) => standing.status === status).length;
    return count === 0 ? [] : [`${count} ${statusWords[status]}`];
  });
  return `${drivers.length} ${plural(drivers.length, "driver")}: ${counts.join(", ")}.`;
}

/** `worsening: 4 metrics, a signal of Error Rate, tenure weeks 1-13`. */
export function standingSentence({ standing, rows }: ToldDriver): string {
  const count = `${rows.length} ${plural(rows.length, "metric")}`;
  const signals = rows.filter(isSignal).map(({ name }) => name);
  const noun = signals.length === 1 ? "a signal" : "signals";
  const said = signals.length === 0 ? "" : `, ${noun} of ${list(signals)}`;
  return `${statusWords[standing.status]}, ${count}${said}`;
}

/** What a status means, small and last. */
export const statusMeaning =
  "a driver's status is the mean departure of its tested metrics from what was expected, in standard errors: improving from 1 on, worsening from −1 down";
