import type { Keyword } from "./keywords.ts";
import type { Scope } from "./scope.ts";

/** What may stand where a word is not understood, an example of each. */
export function whatFits({ filterable: [dimension], unused }: Scope): string[] {
  const terms: [Keyword, string][] = [
    ...(dimension === undefined ? [] : [["by", `by ${dimension}`] as [Keyword, string]]),
    ["last", "last 12 weeks"],
    ["since", "since 1 Sept"],
    ["week", "week 46"],
    ["month", "month Oct"],
    ["window", "window=4"],
    ["vs", "vs year"],
    ["private", "private"],
  ];
  const fitting = terms.filter(([keyword]) => !unused.has(keyword)).map(([, term]) => term);
  return [...(dimension === undefined ? [] : [`${dimension}=...`]), ...fitting];
}
