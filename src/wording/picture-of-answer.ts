/** The trend card of an answer. */
import type { Picture } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { drawTrend, type Theme, type TrendCard } from "../render/index.ts";
import { changeMark, sayChange } from "./say-change.ts";
import { sayTick, sayValue } from "./say-number.ts";
import { sayDefinition, sayFilters, sayFreshness } from "./say-scope.ts";
import { sayVerdict, toneOf } from "./say-verdict.ts";
import { sayDay, weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** Null when there is nothing to draw. Throws what drawing throws; the numbers are told without it. */
export async function pictureOfAnswer(
  answer: Answer,
  voice: Voice,
  theme: Theme,
): Promise<Picture | null> {
  if (answer.series.every((point) => point.value === null)) return null;
  const { png, width, height } = await drawTrend(trendCard(answer, voice, theme));
  return {
    png,
    width,
    height,
    alt: altOf(answer, voice),
    filename: `${answer.metric}-${weekName(answer.week)}.png`,
  };
}

function trendCard(answer: Answer, voice: Voice, theme: Theme): TrendCard {
  const tone = toneOf(answer);
  return {
    title: answer.name,
    subtitle: [
      sayFilters(answer.filters),
      cohort(answer),
      `${weeksText(answer.series.length)} to ${sayDay(Temporal.PlainDate.from(answer.week).add({ days: 6 }), voice)}`,
    ]
      .filter(Boolean)
      .join(" · "),
    value: sayValue(answer.unit, answer.figures.value, voice, "short"),
    pill: { text: changeMark(answer, voice), tone },
    verdict: { text: sayVerdict(answer, voice), tone },
    footer: `${sayFreshness(answer, voice)} · ${sayDefinition(answer)}`,
    points: answer.series.map((point) => ({
      week: point.week,
      value: point.value,
      open: point.status === "open",
      marked: point.signal ? "signal" : null,
      band: point.band,
    })),
    target: null,
    axis: (value, step) => sayTick(answer.unit, value, step, voice),
    theme,
  };
}

function cohort({ cohortWeek, windowWeeks }: Answer): string {
  if (cohortWeek === null) return "";
  return windowWeeks === 1
    ? `cohort ${weekName(cohortWeek)}`
    : `cohorts to ${weekName(cohortWeek)}`;
}

/** The finding, not a description of the chart. */
function altOf(answer: Answer, voice: Voice): string {
  const values = answer.series.map((point) => point.value).filter((value) => value !== null);
  const range =
    values.length > 1
      ? ` Over ${weeksText(answer.series.length)} between ${sayValue(answer.unit, Math.min(...values), voice)} and ${sayValue(answer.unit, Math.max(...values), voice)}.`
      : "";
  const filters = sayFilters(answer.filters);
  return `Line chart. ${answer.name}${filters ? `, ${filters}` : ""}: ${sayValue(answer.unit, answer.figures.value, voice)} in ${weekName(answer.week)}. ${sayChange(answer, voice)}. ${sayVerdict(answer, voice)}${range}`;
}
