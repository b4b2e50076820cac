/** Where a number can be looked into: the links of its definition, filled in. */
import type { Block, Span } from "../message.ts";
import { fillLink } from "../metrics/catalogue/index.ts";
import type { Answer } from "../metrics/index.ts";
import { lastDayOf, periodName } from "./say-period.ts";

type Looked = Pick<Answer, "links" | "filters" | "week" | "grain" | "windowWeeks" | "from">;

/** With the filters, the week (or month) by its name, and the first and last day that the number is of. */
export function lookInto({
  links = [],
  filters,
  week,
  grain,
  windowWeeks,
  from,
}: Looked): string[] {
  const last = lastDayOf(week, grain);
  const isWhole = grain !== undefined && windowWeeks === 1;
  const first = from ?? (isWhole ? week : last.subtract({ days: 7 * windowWeeks - 1 }).toString());
  const values = {
    ...filters,
    week: [periodName(week, grain)],
    first_day: [first],
    last_day: [last.toString()],
  };
  return links.map((link) => fillLink(link, values));
}

/** `Look into it: bi.example.com`, by the site that each leads to; nothing without links. */
export function lookIntoBlock(answer: Looked): Block[] {
  const links = lookInto(answer).map((url): Span => ({ kind: "link", text: siteOf(url), url }));
  if (links.length === 0) return [];
  const spans = links.flatMap((link, i) => (i === 0 ? [link] : [", ", link]));
  return [{ kind: "text", text: ["Look into it: ", ...spans] }];
}

function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
