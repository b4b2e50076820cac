/** What a metric is, and what was said of its signals. */
import type { Block, Message } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { sayInstant, weekName, weeksText } from "./say-week.ts";
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
  const facts: [string, string][] = [
    ["Counts", metric.numerator],
    ...(metric.denominator === null ? [] : [["Out of", metric.denominator] as [string, string]]),
    ["Owner", owners(metric)],
    ["Good is", metric.direction === "neutral" ? "neither way" : metric.direction],
    [
      "Window",
      weeksText(metric.window) +
        (metric.lag > 0 ? `, for accounts that signed up ${weeksText(metric.lag)} before` : ""),
    ],
    ["Cut by", metric.dimensions.join(", ") || "nothing"],
    [
      "Judged as",
      metric.test === null
        ? "not tested"
        : `${metric.test}${metric.n_min > 0 ? `, from ${metric.n_min} units` : ""}`,
    ],
    ["Reads", metric.reads.join(", ")],
    ["Called", [metric.id, ...metric.codes, ...metric.aliases].join(", ")],
    ["Definition", metric.specVersion],
  ];
  const said = remarks.map(
    (remark) =>
      `${remark.author}, ${sayInstant(remark.saidAt, timeZone, voice)}, on ${weekName(remark.week)}: ${remark.text}`,
  );
  return {
    summary: [
      `${metric.name}: ${metric.what}`,
      ...facts.map(([label, value]) => `${label}: ${value}.`),
      metric.why,
      ...metric.caveats,
      ...said,
    ]
      .filter(Boolean)
      .join(" "),
    blocks: [
      { kind: "heading", text: metric.name },
      { kind: "text", text: metric.what },
      { kind: "fields", fields: facts.map(([label, value]) => ({ label, value })) },
      ...[metric.why, ...metric.caveats]
        .filter((text) => text !== "")
        .map((text) => ({ kind: "text", text }) as const),
      { kind: "text", text: [{ kind: "code", text: metric.sql.trim() }] },
      ...discussion(said),
    ],
  };
}

function discussion(said: readonly string[]): Block[] {
  if (said.length === 0)
    return [{ kind: "context", text: "Nothing has been said of its signals yet." }];
  return [
    { kind: "text", text: [{ kind: "strong", text: "Said of its signals, the latest first" }] },
    ...said.map((text) => ({ kind: "text", text }) as const),
  ];
}

function owners({ owners: [owner = "nobody", ...contributors] }: Metric): string {
  return contributors.length === 0 ? owner : `${owner}, with ${contributors.join(", ")}`;
}
