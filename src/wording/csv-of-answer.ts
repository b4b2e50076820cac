/** An answer as a file: its breakdown where it has one, else its series, a row each. */
import type { Answer, Figures } from "../metrics/index.ts";
import { type CsvCell, type CsvFile, csvText } from "./csv-text.ts";
import { periodName, periodNoun } from "./say-period.ts";
import { sayFilters } from "./say-scope.ts";
import { segmentName } from "./segment-name.ts";
import { unitInFile } from "./unit-in-file.ts";
import type { Voice } from "./voice.ts";

export function csvOfAnswer(answer: Answer, voice: Voice): CsvFile {
  const { metric, week, grain, breakdown, series, filters } = answer;
  const noun = periodNoun(grain);
  const about = [metric, sayFilters(filters)];
  const figures = [`value (${unitInFile(answer.unit, voice)})`, "numerator", "denominator", "n"];
  if (breakdown === null)
    return {
      name: `${metric}-${periodName(week, grain)}.csv`,
      text: csvText(
        ["metric", "filters", noun, `${noun}_start`, ...figures, "status"],
        series.map((point) => [
          ...about,
          periodName(point.week, grain),
          point.week,
          ...cells(point),
          point.status,
        ]),
      ),
    };
  return {
    name: `${metric}-by-${breakdown.dimension}-${periodName(week, grain)}.csv`,
    text: csvText(
      ["metric", "filters", noun, `${noun}_start`, breakdown.dimension, ...figures],
      breakdown.segments.map((segment) => [
        ...about,
        periodName(week, grain),
        week,
        segmentName(segment),
        ...cells(segment),
      ]),
    ),
  };
}

function cells({ value, num, den, n }: Figures): CsvCell[] {
  return [value, num, den, n];
}
