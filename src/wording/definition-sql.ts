/** How a metric is computed, as its definition says it. */
import type { Metric } from "../metrics/catalogue/index.ts";
import { weeksText } from "./say-week.ts";

/** The SQL of its units, or of a derived metric its parts and what is made of them. */
export function computation({ sql, shared, parts, derive, growth }: Metric): string {
  const own = [shared === undefined ? "" : `-- shared\n${shared.trim()}\n-- units`, sql.trim()];
  if (parts.length === 0) return own.filter(Boolean).join("\n");
  const said = parts.map(({ name, metric, weeksAgo, window }) => {
    const when = weeksAgo === 0 ? "" : `, ${weeksText(weeksAgo)} before`;
    if (!metric.partOnly) return `${name}: ${metric.id} of ${weeksText(window)}${when}`;
    return `${name}: of ${weeksText(window)}${when}\n${metric.sql.trim()}`;
  });
  if (growth !== undefined) return [...said, `growth: ${growth.replaceAll("_", " ")}`].join("\n");
  if (derive === undefined) return said.join("\n");
  const made = [`num: ${derive.num}`, `den: ${derive.den}`, `value: ${derive.value}`];
  const flags = Object.entries(derive.flags).map(([flag, when]) => `${flag} when ${when}`);
  return [...said, ...made, ...flags].join("\n");
}
