/** What a metric is, and what was said of its signals. */
import type { Block, Message } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { sayInstant, weekName, weeksText } from "./say-week.ts";
import { unitKind } from "./unit-kind.ts";
import { verdictGlossary, verdictGlossaryText } from "./verdict-glossary.ts";
import type { Voice } from "./voice.ts";

/** A reply in a signal's thread. */
export interface TellableRemark {
  week: string;
  author: string;
  saidAt: string;
  text: string;
}

export function tellDefinition(
  metric: Metric,
  remarks: readonly TellableRemark[],
  timeZone: string,
  voice: Voice,
): Message {
  const facts = factsOf(metric);
  const said = remarks.map(
    (remark) =>
      `${remark.author}, ${sayInstant(remark.saidAt, timeZone, voice)}, on ${weekName(remark.week)}: ${remark.text}`,
  );
  const summary = [
    `${metric.name}: ${metric.what}`,
    ...facts.map(([label, value]) => `${label}: ${value}.`),
    metric.why,
    ...metric.caveats,
    ...(metric.test === null ? [] : [verdictGlossaryText()]),
  ];
  const blocks: Block[] = [
    { kind: "heading", text: metric.name },
    { kind: "text", text: metric.what },
    { kind: "fields", fields: facts.map(([label, value]) => ({ label, value })) },
    ...[metric.why, ...metric.caveats]
      .filter((text) => text !== "")
      .map((text) => ({ kind: "text", text }) as const),
    ...(metric.test === null ? [] : [verdictGlossary()]),
    { kind: "code", text: computation(metric) },
  ];
  return {
    summary: [...summary, ...said].filter(Boolean).join(" "),
    blocks: [...blocks, ...discussion(said)],
    // What people said of it may hold any figure.
    withoutFigures: { summary: summary.filter(Boolean).join(" "), blocks },
  };
}

/** The SQL of its units, or of a derived metric its parts and what is made of them. */
function computation({ sql, parts, derive }: Metric): string {
  if (derive === undefined) return sql.trim();
  const said = parts.map(({ name, metric, weeksAgo, window }) => {
    const when = weeksAgo === 0 ? "" : `, ${weeksText(weeksAgo)} before`;
    if (!metric.partOnly) return `${name}: ${metric.id} of ${weeksText(window)}${when}`;
    return `${name}: of ${weeksText(window)}${when}\n${metric.sql.trim()}`;
  });
  return [...said, `num: ${derive.num}`, `den: ${derive.den}`, `value: ${derive.value}`].join("\n");
}

/** A label and what it says, a line each. */
function factsOf(metric: Metric): [string, string][] {
  return [
    ["Counts", metric.numerator],
    ...(metric.denominator === null ? [] : [["Out of", metric.denominator] as [string, string]]),
    ["Unit", unitKind(metric.unit) === "share" ? `${metric.unit}; changes in points` : metric.unit],
    ["Owner", owners(metric)],
    ["Good is", metric.direction === "neutral" ? "neither way" : metric.direction],
    [
      "Window",
      weeksText(metric.window) +
        (metric.lag > 0 ? `, for ${metric.cohort} ${weeksText(metric.lag)} before` : ""),
    ],
    ["Cut by", metric.dimensions.join(", ") || "nothing"],
    ["Tested as", testedAs(metric)],
    ["Reads", metric.reads.join(", ")],
    ...(metric.links.length === 0
      ? []
      : [["Look into it at", metric.links.join(", ")] as [string, string]]),
    ["Called", [metric.id, ...metric.codes, ...metric.aliases].join(", ")],
    ["Definition", metric.specVersion],
  ];
}

/** The kinds of observation of METRICS.md 4.2 B, in words. */
const kinds: Record<NonNullable<Metric["test"]>, string> = {
  prop: "a share of units",
  nps: "a net promoter score",
  flow: "a count of events",
  stock: "a standing count",
  value: "a value",
};

function testedAs({ test, n_min }: Metric): string {
  if (test === null) return "not tested: the definition asks for no test";
  return `${kinds[test]} (${test})${n_min > 0 ? `, from a sample of ${n_min}` : ""}`;
}

function discussion(said: readonly string[]): Block[] {
  if (said.length === 0)
    return [{ kind: "context", text: "Nobody has said anything about its signals yet." }];
  return [
    { kind: "text", text: [{ kind: "strong", text: "Said of its signals, the latest first" }] },
    ...said.map((text) => ({ kind: "text", text }) as const),
  ];
}

function owners({ owners: [owner = "nobody", ...contributors] }: Metric): string {
  return contributors.length === 0 ? owner : `${owner}, with ${contributors.join(", ")}`;
}
