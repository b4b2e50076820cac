/** The targets of a metric: what counts, and all that there are with who set them. */
import type { Block, Message, Words } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import type { Answer, Filters, StoredTarget } from "../metrics/index.ts";
import { sayFilters } from "./say-scope.ts";
import { sayAim, sayTarget } from "./say-target.ts";
import { sayDay, weekName } from "./say-week.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import type { Voice } from "./voice.ts";
import { onTerminal } from "./where-figures-are.ts";
import { strong } from "./without-figures.ts";

export interface ToldTargets {
  metric: Metric;
  filters: Filters;
  /** All of the metric, those set latest last. */
  stored: readonly StoredTarget[];
  /** Of the latest complete week; null while there is none, or where it is kept back. */
  answer: Answer | null;
  /** It would single out a customer, which is no reason to say that there are no data. */
  isKeptBack: boolean;
  /** One has just been set or ended. */
  isChanged: boolean;
}

export function tellTargets(
  { metric, filters, stored, answer, isKeptBack, isChanged }: ToldTargets,
  zone: string,
  voice: Voice,
): Message {
  const about = sayFilters(filters);
  const heading = `Targets: ${metric.name}${about === "" ? "" : `, ${about}`}`;
  const newest = stored.at(-1);
  const said = [
    ...(isChanged && newest ? [sayChanged(newest, metric, voice)] : []),
    ...(isKeptBack ? [KEPT_BACK] : sayCounting(answer, voice)),
  ];
  const columns: TellingColumn<StoredTarget>[] = [
    { label: "of", align: "left", say: ({ dims }) => sayFilters(dims) || "all" },
    { label: "target", align: "left", say: (one) => sayStored(one, metric, voice) },
    { label: "from", align: "left", say: ({ periodStart }) => dayOf(periodStart, voice) },
    {
      label: "until",
      align: "left",
      say: ({ periodEnd }) => (periodEnd === null ? "–" : dayOf(periodEnd, voice)),
    },
    { label: "set by", align: "left", say: ({ set }) => sayWho(set, zone, voice) },
  ];
  return {
    summary: [`${heading}.`, ...said].join(" "),
    blocks: [
      { kind: "heading", text: heading },
      ...said.map((text) => ({ kind: "text", text }) as const),
      ...allTargets(columns, stored),
    ],
    withoutFigures: withoutFigures(heading, {
      changed: isChanged && newest ? (newest.aim === null ? "Ended." : "Set.") : "",
      table: allTargets(
        columns.filter(({ label }) => label !== "target"),
        stored,
      ),
      command: `kpi query 'target ${metric.id}'`,
    }),
  };
}

function allTargets(
  columns: readonly TellingColumn<StoredTarget>[],
  stored: readonly StoredTarget[],
): Block[] {
  return stored.length === 0 ? [] : [tableOf("All targets", columns, stored.toReversed())];
}

/** Which there are, and neither what they aim at nor how they stand. */
function withoutFigures(
  heading: string,
  { changed, table, command }: { changed: string; table: readonly Block[]; command: string },
): Words {
  const where = onTerminal(command);
  return {
    summary: [`${heading}.`, changed, `${where.said}.`].filter(Boolean).join(" "),
    blocks: [
      { kind: "heading", text: heading },
      ...(changed === "" ? [] : [strong(changed)]),
      ...table,
      ...where.blocks,
    ],
  };
}

/** `Set: at least 45.0%, from Mon 9 Nov 2026 until Thu 31 Dec 2026.`, `Set: 500 in all by Thu 31 Dec 2026, from ...`. */
function sayChanged(stored: StoredTarget, metric: Metric, voice: Voice): string {
  const from = dayOf(stored.periodStart, voice);
  if (stored.aim === null) return `Ended: from ${from} on there is none.`;
  const aim = sayStored(stored, metric, voice);
  const end = dayOf(stored.periodEnd ?? stored.periodStart, voice);
  return /_by_date$/.test(stored.aim.type)
    ? `Set: ${aim} by ${end}, from ${from} on.`
    : `Set: ${aim}, from ${from} until ${end}.`;
}

const KEPT_BACK =
  "How it stands is not told for exactly these filters, since that could single out one customer.";

function sayCounting(answer: Answer | null, voice: Voice): string[] {
  if (answer === null) return ["There is no data yet to hold against a target."];
  const week = `${weekName(answer.week)}, the latest complete week`;
  if (answer.target === null) return [`No target counts in ${week}.`];
  return [[`Of ${week}.`, ...sayTarget({ ...answer, trendRate: null }, voice)].join(" ")];
}

/** `slack:U0OPS, Mon 16 Nov 2026`. */
function sayWho(set: StoredTarget["set"], zone: string, voice: Voice): string {
  if (set === null) return "an import";
  const day = Temporal.Instant.from(set.at).toZonedDateTimeISO(zone).toPlainDate();
  return `${set.by}, ${sayDay(day, voice)}`;
}

/** `at least 45.0%`, `2,800 in all`; `ended` of an end. */
function sayStored({ aim }: StoredTarget, { unit, direction }: Metric, voice: Voice): string {
  return aim === null ? "ended" : sayAim(aim, { unit, down: direction === "down" }, voice);
}

function dayOf(date: string, voice: Voice): string {
  return sayDay(Temporal.PlainDate.from(date), voice);
}
