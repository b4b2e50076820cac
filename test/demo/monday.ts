import { describe, expect, test } from "vitest";
import { walkVerdicts } from "../../src/metrics/analysis/index.ts";
import { type Both, demoDocs, type Loaded, metricNames as names, tell } from "./loaded.ts";
import { told } from "./options.ts";
import { seriesOf } from "./weekly-figures.ts";

function verdicts({ figures }: Loaded) {
  const walked = walkVerdicts(names.map((name) => seriesOf(name, figures[name])));
  return new Map(names.map((name, i) => [name, walked[i] ?? []]));
}

export function describeMonday(both: Both): void {
  describe("a believable Monday", () => {
    test("adoption is the newest week's one signal, far below its limits, and all else is routine", () => {
      const newest = [...verdicts(both().withStories)].map(
        ([name, weeks]) => [name, weeks.at(-1)] as const,
      );
      for (const [name, v] of newest) tell(name, v);
      expect(newest.filter(([, v]) => v?.word !== "routine").map(([name]) => name)).toEqual([
        "adoption_rate",
      ]);
      const signal = newest.find(([name]) => name === "adoption_rate")?.[1];
      expect(signal?.word).toBe("signal");
      expect(signal?.movement?.openedIn).toBe(told.weeks - 1);
      const [value, expected, low, high] = [
        signal?.value,
        signal?.expected,
        signal?.low,
        signal?.high,
      ].map((share) => `${(100 * (share ?? Number.NaN)).toFixed(1)}%`);
      expect(demoDocs).toContain(`${value}, expected ${expected} (${low} to ${high})`);
      expect(signal?.value ?? 1).toBeLessThan((signal?.low ?? 0) - 0.03);
    });

    test("the last half year has few other alarms, the spike among them", () => {
      const all = verdicts(both().withStories);
      const spike = all.get("latency_p99")?.[told.weeks - 7];
      expect(spike?.word).toBe("signal");
      const opened = [...all].flatMap(([name, weeks]) =>
        weeks.flatMap((v, week) =>
          v.movement?.openedIn === week && week >= told.weeks - 26 ? [`${name} ${week}`] : [],
        ),
      );
      tell("movements opened in 26 weeks", opened);
      expect(opened.length).toBeLessThanOrEqual(6);
    });

    test("without the stories the newest week opens nothing", () => {
      const newest = [...verdicts(both().without)].map(
        ([name, weeks]) => [name, weeks.at(-1)] as const,
      );
      const opened = newest.filter(([, v]) => v?.movement?.openedIn === told.weeks - 1);
      expect(opened.map(([name]) => name)).toEqual([]);
    });
  });
}
