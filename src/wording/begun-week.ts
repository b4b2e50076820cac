/** A week of which there are no data yet: its nought is no number. */
import type { Answer } from "../metrics/index.ts";

/** The answer as it may be told: of a week in which the data have not arrived, without its value. */
export function knownPart(answer: Answer): Answer {
  if (!isAhead(answer)) return answer;
  const { figures, week, series } = answer;
  return {
    ...answer,
    figures: { ...figures, value: null },
    series: series.map((point) => (point.week === week ? { ...point, value: null } : point)),
  };
}

/** The data end where the week begins, or before. */
export function isAhead({
  status,
  asOf,
  week,
  timeZone,
}: Pick<Answer, "status" | "asOf" | "week" | "timeZone">): boolean {
  if (status !== "open" || asOf === null) return false;
  const begin = Temporal.PlainDate.from(week).toZonedDateTime(timeZone).toInstant();
  return Temporal.Instant.compare(Temporal.Instant.from(asOf), begin) <= 0;
}
