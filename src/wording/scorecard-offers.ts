/** What a scorecard or a signal offers to ask next, about its own week. */
import type { Catalogue } from "../metrics/catalogue/index.ts";
import type { Answer, Scorecard } from "../metrics/index.ts";
import type { Offer, Question } from "./offer.ts";
import { quoteValue } from "./quote-value.ts";
import { weekName } from "./say-week.ts";
import { isSignal } from "./scorecard-words.ts";

type Known = Pick<Catalogue, "get">;

/** A menu of breakdowns and one of definitions over the rows that are shown, the signals first. */
export function scorecardOffers({ rows, week }: Scorecard, catalogue: Known): Offer[] {
  const ordered = [...rows.filter(isSignal), ...rows.filter((row) => !isSignal(row))];
  const answered = ordered.filter(({ kind }) => kind === "answered");
  const known = ordered.filter(({ metric }) => catalogue.get(metric) !== undefined);
  return [
    {
      kind: "questions",
      label: "Break down",
      questions: answered.flatMap(({ metric }) => breakdownOf(metric, week, catalogue)),
    },
    {
      kind: "questions",
      label: "Definition of",
      questions: known.map(({ metric, name }) => ({ label: name, line: `define ${metric}` })),
    },
  ];
}

/** What asks for this very scorecard again; quotation marks keep a team's name from being a keyword. */
export function scorecardLine({ week, team }: Scorecard): string {
  const whose = team === undefined ? "" : ` ${quoteValue(team)}`;
  return `scorecard${whose} week ${weekName(week)}`;
}

/** Two buttons. */
export function signalOffers({ metric, week }: Answer, catalogue: Known): Offer[] {
  const definition = { label: "Definition", line: `define ${metric}` };
  const questions = [
    ...breakdownOf(metric, week, catalogue).map(({ line }) => ({ label: "Break down", line })),
    ...(catalogue.get(metric) === undefined ? [] : [definition]),
  ];
  return questions.map((question) => ({ kind: "question", ...question }));
}

/** By the dimension that stands first in the definition, which tells most; none where it cannot be cut. */
function breakdownOf(id: string, week: string, catalogue: Known): Question[] {
  const metric = catalogue.get(id);
  const [dimension] = metric?.dimensions ?? [];
  if (metric === undefined || dimension === undefined) return [];
  const line = `${id} by ${dimension} week ${weekName(week)}`;
  return [{ label: `${metric.name} by ${dimension}`, line }];
}
