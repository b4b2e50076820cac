/** What a metric is, how far it can be trusted, and what was said of its signals. */
import type { Block, Message, Span, Words } from "../message.ts";
import type { Metric, MetricSettings } from "../metrics/catalogue/index.ts";
import type { Restatements, SourceFreshness } from "../metrics/index.ts";
import { type Fact, type MetricPlace, meaningFacts, nameFacts } from "./definition-facts.ts";
import { computation } from "./definition-sql.ts";
import { sayFigure } from "./say-number.ts";
import { saySources } from "./say-sources.ts";
import { sayDay, sayInstant, weekName } from "./say-week.ts";
import { verdictGlossary, verdictGlossaryText } from "./verdict-glossary.ts";
import type { Voice } from "./voice.ts";

/** A reply in a signal's thread. */
export interface TellableRemark {
  week: string;
  author: string;
  saidAt: string;
  text: string;
}

export interface TellableDefinition {
  metric: Metric;
  place: MetricPlace;
  freshness: readonly SourceFreshness[];
  restatements: Restatements;
  /** The latest first; null: nothing is told of them. */
  remarks: readonly TellableRemark[] | null;
  settings: MetricSettings;
  /** What prints all of the SQL on the terminal; null: this is the terminal. */
  wholeSql: string | null;
}

/** What matters most first; the SQL last, since it is the longest. */
export function tellDefinition(given: TellableDefinition, voice: Voice): Message {
  const restatements = { weeks: [], withheld: 0 };
  return {
    ...tellWords(given, voice),
    // What people said of it may hold any figure; which weeks moved is told by figures alone.
    withoutFigures: tellWords({ ...given, restatements, remarks: null }, voice),
  };
}

function tellWords(given: TellableDefinition, voice: Voice): Words {
  const { metric, settings, freshness, remarks, wholeSql } = given;
  const meaning = meaningFacts(metric, given.place);
  const names = nameFacts(metric, settings);
  const caveats = [...metric.caveats, metric.why].filter((text) => text !== "");
  const fresh = saySources(freshness, settings.timeZone, voice);
  const glossary = metric.test === null ? [] : [verdictGlossary()];
  const sections: [string, string[]][] = [
    ["Known caveats", caveats],
    ["Data complete", fresh],
    ["Restated, the latest first", sayRestatements(given, voice)],
    ["Said of its signals, the latest first", sayRemarks(given, voice)],
  ];
  const summary = [
    `${metric.name}: ${metric.what}`,
    ...meaning.map(([label, value]) => `${label}: ${value}.`),
    ...sections.flatMap(([title, lines]) =>
      lines.length > 0 ? [`${title}: ${lines.join(" ")}`] : [],
    ),
    ...names.map(([label, value]) => `${label}: ${value}.`),
    ...(metric.test === null ? [] : [verdictGlossaryText()]),
  ];
  const blocks: Block[] = [
    { kind: "heading", text: metric.name },
    { kind: "text", text: metric.what },
    fieldsOf(meaning),
    ...sections.flatMap(([title, lines]) => section(title, lines)),
    ...(remarks?.length === 0 ? [nothingSaid] : []),
    fieldsOf(names),
    ...glossary,
    howComputed(wholeSql),
    { kind: "code", text: computation(metric) },
  ];
  return { summary: summary.join(" "), blocks };
}

function fieldsOf(facts: readonly Fact[]): Block {
  return { kind: "fields", fields: facts.map(([label, value]) => ({ label, value })) };
}

function section(title: string, lines: readonly string[]): Block[] {
  if (lines.length === 0) return [];
  const spans = lines.map((line): Span => `\n${line}`);
  return [{ kind: "text", text: [{ kind: "strong", text: title }, ...spans] }];
}

/** `2026-W46 was 41.2%, is 40.6%, since Tue 17 Nov 2026`. */
function sayRestatements(
  { metric, restatements, settings }: TellableDefinition,
  voice: Voice,
): string[] {
  const figure = (value: number | null): string => sayFigure(metric.unit, value, voice);
  const dayOf = (instant: string): string =>
    sayDay(
      Temporal.Instant.from(instant).toZonedDateTimeISO(settings.timeZone).toPlainDate(),
      voice,
    );
  const lines = restatements.weeks.map(
    ({ week, was, now, since }) =>
      `${weekName(week)} was ${figure(was)}, is ${figure(now)}, since ${dayOf(since)}`,
  );
  const { withheld } = restatements;
  if (withheld === 0) return lines;
  const weeks = withheld === 1 ? "1 week is" : `${withheld} weeks are`;
  return [...lines, `${weeks} not told: too few accounts are behind one of the two values.`];
}

function sayRemarks({ remarks, settings }: TellableDefinition, voice: Voice): string[] {
  return (remarks ?? []).map(
    ({ author, saidAt, week, text }) =>
      `${author}, ${sayInstant(saidAt, settings.timeZone, voice)}, on ${weekName(week)}: ${text}`,
  );
}

const nothingSaid: Block = {
  kind: "context",
  text: "Nobody has said anything about its signals yet.",
};

/** `w` is what all of the SQL is written over. */
function howComputed(wholeSql: string | null): Block {
  const whole: Span[] =
    wholeSql === null ? [] : [". Whole on the terminal by ", { kind: "code", text: wholeSql }];
  const title: Span = { kind: "strong", text: "How it is computed" };
  return {
    kind: "text",
    text: [title, ", over w, the windows from day a to before day b", ...whole],
  };
}
