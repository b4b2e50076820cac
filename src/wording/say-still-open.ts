/** Signals of earlier weeks that go on: said by the reports until they end, with the way to where each is discussed. */
import type { Span } from "../message.ts";
import type { WeekStart } from "../metrics/index.ts";
import { weekName } from "./say-week.ts";

export interface OpenSignal {
  metric: string;
  name: string;
  /** The week that opened it. */
  since: WeekStart;
  /** Null where it is not discussed on this platform. */
  url: string | null;
}

/** The oldest of more are the ones that most need an answer. */
export const MOST_OPEN_NAMED = 8;

/** `Still open: Adoption Rate since 2026-W44 (discussed here); and 2 more.`; empty for none. */
export function sayStillOpen(open: readonly OpenSignal[]): Span[] {
  if (open.length === 0) return [];
  const named = open.slice(0, MOST_OPEN_NAMED);
  const said = named.flatMap(({ name, since, url }, i): Span[] => [
    `${i === 0 ? "Still open: " : "; "}${name} since ${weekName(since)}`,
    ...(url === null ? [] : [" (", { kind: "link", text: "discussed here", url } as const, ")"]),
  ]);
  const more = open.length - named.length;
  return [...said, more === 0 ? "." : `; and ${more} more.`];
}

/** The same for who hears it, without addresses. */
export function hearStillOpen(open: readonly OpenSignal[]): string {
  const words = sayStillOpen(open.map((signal) => ({ ...signal, url: null })));
  return words.filter((span) => typeof span === "string").join("");
}
