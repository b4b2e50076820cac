const dayMs = 86_400_000;
export const daySeconds = 86_400;

const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));

/**
 * Days are counted from the company's first Monday (day 0), instants in whole
 * seconds from its midnight, all in UTC. Texts come from a table, because a Date
 * for each of a million rows would cost more than everything else.
 */
export class Calendar {
  readonly weeks: number;
  /** The first day and the first second that have not happened yet. */
  readonly endDay: number;
  readonly end: number;
  readonly #dates: string[];

  /** Knows dates up to `aheadDays` after the end, for what is due later. */
  constructor(lastWeek: string, weeks: number, aheadDays = 400) {
    this.weeks = weeks;
    this.endDay = weeks * 7;
    this.end = this.endDay * daySeconds;
    const first = Date.parse(`${lastWeek}T00:00:00Z`) - (weeks - 1) * 7 * dayMs;
    this.#dates = Array.from({ length: this.endDay + aheadDays }, (_, day) =>
      new Date(first + day * dayMs).toISOString().slice(0, 10),
    );
  }

  date(day: number): string {
    const text = this.#dates[day];
    if (text === undefined) throw new RangeError(`day ${day} is outside the calendar`);
    return text;
  }

  instant(second: number): string {
    const day = Math.floor(second / daySeconds);
    const rest = second - day * daySeconds;
    const minutes = Math.floor(rest / 60);
    return `${this.date(day)}T${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[rest % 60]}Z`;
  }

  /** The empty field where it never happened, or not before the end of history. */
  instantOrNone(second: number | null): string {
    return second === null || second >= this.end ? "" : this.instant(second);
  }

  dateOrNone(day: number | null): string {
    return day === null || day >= this.endDay ? "" : this.date(day);
  }

  /** The last two weeks of December, when business is slow. */
  isHoliday(week: number): boolean {
    const monday = this.date(week * 7).slice(5);
    return monday >= "12-19" && monday <= "12-31";
  }
}

export function weekOf(day: number): number {
  return Math.floor(day / 7);
}

/** 0 Monday to 6 Sunday. */
export function weekday(day: number): number {
  return day % 7;
}
