import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { VerdictSeries } from "../../../src/metrics/analysis/history.ts";
import type { Kind, Observation } from "../../../src/metrics/analysis/observation.ts";
import { type WeekVerdict, walkVerdicts } from "../../../src/metrics/analysis/walk-verdicts.ts";

type Numbers = readonly (number | null)[];

interface Expected {
  name: string;
  kind: Kind;
  unit?: "fraction";
  n_min: number;
  reset: number | null;
  observations: readonly (number | readonly number[] | null)[];
  verdict: readonly string[];
  p: Numbers;
  p_adjusted?: Numbers;
  expected: Numbers;
  low: Numbers;
  high: Numbers;
  pooled_weeks: Numbers;
  since: Numbers;
}

interface Specification {
  tolerance: number;
  series: Expected[];
  families: Expected[][];
}

const file = path.resolve(import.meta.dirname, "../../../../shared/metrics/verdicts.json");
const missing = !existsSync(file);
if (missing) process.stdout.write(`skipped: ${file} is absent\n`);
const specification: Specification = missing
  ? { tolerance: 0, series: [], families: [] }
  : JSON.parse(readFileSync(file, "utf8"));

function observed(kind: Kind, seen: Expected["observations"][number]): Observation {
  if (seen === null || typeof seen === "number") return seen;
  const [first = 0, second = 0, third = 0] = seen;
  return kind === "prop"
    ? { x: first, n: second }
    : { promoters: first, detractors: second, n: third };
}

function seriesOf(row: Expected): VerdictSeries {
  return {
    kind: row.kind,
    nMin: row.n_min,
    minEffect: null,
    fraction: row.unit === "fraction",
    resets: row.reset === null ? [] : [row.reset],
    observations: row.observations.map((seen) => observed(row.kind, seen)),
  };
}

function near(actual: number | null, wanted: number | null): boolean {
  if (actual === null || wanted === null) return actual === wanted;
  const { tolerance } = specification;
  return Math.abs(actual - wanted) <= tolerance * Math.max(Math.abs(wanted), 1e-300);
}

function differences(row: Expected, verdicts: readonly WeekVerdict[]): string[] {
  return verdicts.flatMap((verdict, week) => {
    const numbers: [string, number | null, number | null | undefined][] = [
      ["p", verdict.p, row.p[week]],
      ["expected", verdict.expected, row.expected[week]],
      ["low", verdict.low, row.low[week]],
      ["high", verdict.high, row.high[week]],
      ["pooled_weeks", verdict.pooledWeeks, row.pooled_weeks[week]],
      ["since", verdict.since, row.since[week]],
    ];
    if (row.p_adjusted) numbers.push(["p_adjusted", verdict.pAdjusted, row.p_adjusted[week]]);
    const wrong = numbers
      .filter(([, actual, wanted]) => !near(actual, wanted ?? null))
      .map(([name, actual, wanted]) => `week ${week}: ${name} ${actual}, not ${wanted}`);
    const word = row.verdict[week];
    return verdict.word === word ? wrong : [`week ${week}: ${verdict.word}, not ${word}`, ...wrong];
  });
}

describe.skipIf(missing)("the verdicts of the specification, week by week", () => {
  test("it has its 36 series and two families of 24", () => {
    expect(specification.series).toHaveLength(36);
    expect(specification.families.map((family) => family.length)).toEqual([24, 24]);
  });

  test.each(specification.series.map((row) => [row.name, row] as const))("%s", (_, row) => {
    const [verdicts = []] = walkVerdicts([seriesOf(row)]);
    expect(verdicts).toHaveLength(row.verdict.length);
    expect(differences(row, verdicts)).toEqual([]);
  });

  test.each(specification.families.map((family, index) => [index + 1, family] as const))(
    "family %i",
    (_, family) => {
      const walked = walkVerdicts(family.map(seriesOf));
      const wrong = family.flatMap((row, index) =>
        differences(row, walked[index] ?? []).map((difference) => `${row.name}, ${difference}`),
      );
      expect(wrong).toEqual([]);
    },
  );
});
