/** What a report said first and does not say any more. */
import type { Answer } from "../metrics/index.ts";
import { sayFigure } from "./say-number.ts";
import type { Voice } from "./voice.ts";

export interface Restatement {
  metric: string;
  name: string;
  unit: Answer["unit"];
  /** Null: there was no value when it was told, for its data were late or it failed. */
  was: number | null;
  now: number | null;
}

/** `Restated since: Adoption Rate was 41.2%, now 40.6%. Came late: Error Rate, 0.8%.`; empty for none. */
export function sayRestated(restated: readonly Restatement[], voice: Voice): string {
  const [moved, came] = [
    restated.filter(({ was }) => was !== null),
    restated.filter(({ was }) => was === null),
  ];
  const figure = ({ unit }: Restatement, value: number | null): string =>
    sayFigure(unit, value, voice);
  return [
    list(
      "Restated since",
      moved,
      (one) => `${one.name} was ${figure(one, one.was)}, now ${figure(one, one.now)}`,
    ),
    list("Came late", came, (one) => `${one.name}, ${figure(one, one.now)}`),
  ]
    .filter(Boolean)
    .join(" ");
}

function list(head: string, of: readonly Restatement[], say: (one: Restatement) => string): string {
  return of.length === 0 ? "" : `${head}: ${of.map(say).join("; ")}.`;
}
