/** How drivers stand, in words. */
import type { ToldDriver } from "../metrics/index.ts";
import { list } from "./list.ts";
import { plural } from "./plural.ts";
import { isSignal } from "./scorecard-words.ts";

const NOT_TESTED_YET = "not tested yet";

/** The worst first, and last what says nothing. */
const words = ["worsening", "improving", "steady", "too few tested", NOT_TESTED_YET, "no data"];

/** A driver without a status has metrics with values all the same, unless there are no data at all. */
export function statusWord({ standing: { status }, rows }: ToldDriver): string {
  if (status !== "no_data") return status;
  const answers = rows.flatMap((row) => (row.kind === "answered" ? [row.answer] : []));
  if (answers.every(({ figures }) => figures.value === null)) return "no data";
  return answers.some(({ flags }) => flags.includes("unjudged"))
    ? NOT_TESTED_YET
    : "too few tested";
}

/** `C.3.2 Platform Reliability`. */
export function driverName({ driver: { code, name } }: Pick<ToldDriver, "driver">): string {
  return `${code} ${name}`;
}

/** `3 drivers: 1 worsening, 2 steady.`, the worst first. */
export function driversSentence(drivers: readonly ToldDriver[]): string {
  const counts = words.flatMap((word) => {
    const count = drivers.filter((driver) => statusWord(driver) === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${drivers.length} ${plural(drivers.length, "driver")}: ${counts.join(", ")}.`;
}

/** `worsening: 4 metrics, a signal of Error Rate, tenure weeks 1-13`. */
export function standingSentence(driver: ToldDriver): string {
  const { rows } = driver;
  const count = `${rows.length} ${plural(rows.length, "metric")}`;
  const signals = rows.filter(isSignal).map(({ name }) => name);
  const noun = signals.length === 1 ? "a signal" : "signals";
  const said = signals.length === 0 ? "" : `, ${noun} of ${list(signals)}`;
  return `${statusWord(driver)}, ${count}${said}`;
}

/** Said once where any driver waits for it; nothing otherwise. */
export function untestedYet(drivers: readonly ToldDriver[]): string {
  const waits = drivers.some((driver) => statusWord(driver) === NOT_TESTED_YET);
  return waits ? `${NOT_TESTED_YET}: a refresh is due` : "";
}

/** What a status means, small and last. */
export const statusMeaning =
  "a driver's status is the mean departure of its tested metrics from what was expected, in standard errors: improving from 1 on, worsening from −1 down";
