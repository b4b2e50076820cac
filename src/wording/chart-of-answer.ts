/** An answer's series as data, for platforms that draw a chart themselves. */
import type { Block } from "../message.ts";
import type { Answer, Unit } from "../metrics/index.ts";
import { scaleOf } from "./duration-unit.ts";
import { periodName } from "./say-period.ts";
import { titleOf } from "./say-scope.ts";
import { periodOf, unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/**
 * Percent are told as 41.2 and not as 0.412. A week that is not over has no value here: a line
 * cannot show that its last point will still move, and it would be read as a fall.
 */
export function chartOfAnswer(answer: Answer, voice: Voice): Extract<Block, { kind: "chart" }> {
  const { unit, series } = answer;
  const told = series.map(({ value, status }) => (status === "open" ? null : value));
  const scale = scaleOf(unit, told);
  const values = told.map((value) => (value === null ? null : shown(scale.unit, scale.of(value))));
  return {
    kind: "chart",
    title: titleOf({ ...answer, breakdown: null }),
    unit: axisUnit(scale.unit, voice),
    labels: series.map(({ week }) => periodName(week, answer.grain)),
    series: [{ name: "value", values }],
  };
}

/** Null for what is no number, or is none any more in hundredths. */
function shown(unit: Unit, value: number): number | null {
  const scaled = unitKind(unit) === "share" ? value * 100 : value;
  if (!Number.isFinite(scaled)) return null;
  return Number(scaled.toFixed(Math.abs(scaled) < 1 ? 4 : 2));
}

function axisUnit(unit: Unit, { currency }: Voice): string {
  if (unitKind(unit) !== "money") return unit;
  const period = periodOf(unit);
  return period === null ? currency : `${currency} per ${period}`;
}
