/** What the words of a verdict mean, for who meets them for the first time (METRICS.md 4.2 B). */
import type { Block, Span } from "../message.ts";
import type { VerdictWord } from "../metrics/index.ts";

/** In the order of how much they ask of a reader. */
const meanings = {
  signal:
    "far outside its normal range, or near the edge of it two weeks in a row. Worth asking why.",
  run: "eight weeks in a row on one side of the trend: small each, lasting together.",
  continuing:
    "an earlier signal or run that has not ended (still up, still down). It is not told as news again.",
  seasonal: "unusual, but much the same at this time in both years before.",
  routine: "within normal variation. Nothing to explain.",
  too_few_weeks: "fewer than twelve weeks before it, so nobody can say what is normal.",
  not_tested:
    "the week is not over, the sample is too thin, it is a month or a quarter, or the definition asks for no test.",
} as const satisfies Record<VerdictWord, string>;

const normalRange =
  "Normal range: where 99 of 100 weeks lie as long as nothing changes, reckoned from the half year before. It stands in brackets behind what was expected.";

const title = "What a verdict says of a week";

/** `signal: far outside ... run: ...`, for who hears it. */
export function verdictGlossaryText(): string {
  const said = entries().map(([word, meaning]) => `${word}: ${meaning}`);
  return [`${title}.`, ...said, normalRange].join(" ");
}

export function verdictGlossary(): Block {
  const lines = entries().flatMap(([word, meaning]): Span[] => [
    "\n",
    { kind: "strong", text: word },
    `: ${meaning}`,
  ]);
  return { kind: "text", text: [{ kind: "strong", text: title }, ...lines, `\n${normalRange}`] };
}

function entries(): (readonly [word: string, meaning: string])[] {
  return Object.entries(meanings).map(([word, meaning]) => [word.replaceAll("_", " "), meaning]);
}
