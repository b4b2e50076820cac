/** What a driver is: what it moves, who owns it, and by which metrics it is seen. */
import type { Message } from "../message.ts";
import type { Driver, Metric } from "../metrics/catalogue/index.ts";
import { ownersText } from "./owners-text.ts";
import { statusMeaning } from "./say-drivers.ts";
import { figureless } from "./without-figures.ts";

/** Metrics that are not among `visible` are not named. */
export function tellDriverDefinition(driver: Driver, visible: readonly Metric[]): Message {
  const nameOf = (id: string): string[] =>
    visible.filter((metric) => metric.id === id).map(({ name }) => name);
  const title = `${driver.code} ${driver.name}`;
  const facts: [string, string][] = [
    ["Moves", nameOf(driver.parent).join("")],
    ["Owned by", ownersText(driver.owners)],
    ["Seen by", driver.metrics.flatMap(nameOf).join(", ")],
  ];
  const said = facts.filter(([, value]) => value !== "");
  const status = `Its status: ${statusMeaning}.`;
  return figureless({
    summary: [
      `${title}: ${driver.what}`,
      ...said.map(([label, value]) => `${label}: ${value}.`),
      status,
    ].join(" "),
    blocks: [
      { kind: "heading", text: title },
      { kind: "text", text: driver.what },
      { kind: "fields", fields: said.map(([label, value]) => ({ label, value })) },
      { kind: "context", text: status },
    ],
  });
}
