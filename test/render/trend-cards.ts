import type { SegmentBars, TrendCard, TrendPoint } from "../../src/render/index.ts";

const dayMs = 86_400_000;

/** The ISO date of the Monday `i` weeks after 25 May 2026. */
export function week(i: number, first = "2026-05-25"): string {
  return new Date(Date.parse(first) + i * 7 * dayMs).toISOString().slice(0, 10);
}

export function point(i: number, value: number | null, more: Partial<TrendPoint> = {}): TrendPoint {
  return { week: week(i), value, open: false, marked: null, band: null, ...more };
}

/** Points one a week, each with limits of `spread` around `expected`. */
export function pointsOf(
  values: readonly (number | null)[],
  expected?: number,
  spread = 0,
): TrendPoint[] {
  return values.map((value, i) =>
    point(
      i,
      value,
      expected === undefined
        ? {}
        : { band: { expected, low: expected - spread, high: expected + spread } },
    ),
  );
}

export function percent(value: number, step = 0.001): string {
  return `${(value * 100).toFixed(Math.max(0, Math.ceil(-Math.log10(step * 100) - 1e-9)))}%`;
}

export function dollars(value: number): string {
  const size = Math.abs(value);
  const [divisor, suffix] =
    size >= 1e12 ? [1e12, "T"] : size >= 1e6 ? [1e6, "M"] : size >= 1e3 ? [1e3, "k"] : [1, ""];
  return `${value < 0 ? "−" : ""}$${(size / divisor).toPrecision(3)}${suffix}`;
}

type Told = readonly [label: string, value: number | null, n: number, thin?: string];

/** Segments under a trend; of a thin one the sample is said. */
export function bars(
  title: string,
  rows: readonly Told[],
  say: (value: number) => string = percent,
): SegmentBars {
  return {
    title,
    rows: rows.map(([label, value, n, thin = ""]) => ({
      label,
      value,
      text: value === null || !Number.isFinite(value) ? "n/a" : say(value),
      thin: thin !== "",
      note: thin === "" ? "" : `thin sample (${n})`,
    })),
    more: "",
  };
}

const adoption = [
  0.452, 0.431, 0.44, 0.415, 0.462, 0.448, 0.471, 0.433, 0.429, 0.457, 0.401, 0.442, 0.418, 0.437,
  0.466, 0.421, 0.445, 0.409, 0.452, 0.438, 0.398, 0.447, 0.412, 0.429, 0.431, 0.412,
];

/** An ordinary Monday: a routine week within its limits. */
export function aTrend(more: Partial<TrendCard> = {}): TrendCard {
  return {
    title: "Adoption Rate (13-week)",
    subtitle: "tier pro · cohort week 2026-W33 · 26 weeks to Sun 22 Nov 2026",
    value: "41.2%",
    pill: { text: "▼ 1.9 points", tone: "neutral" },
    verdict: {
      text: "Routine: within normal variation, expected 42.6% (31.1% to 54.7%)",
      tone: "neutral",
    },
    footer:
      "As of Mon 23 Nov 2026 00:00 UTC. Accounts with at least 7 active weeks of their first 13, of all that signed up in the cohort week.",
    points: adoption.map((value, i) =>
      point(i, value, {
        band:
          i < 12
            ? null
            : {
                expected: 0.435 - i * 0.0004,
                low: 0.36 + (i % 5) * 0.004,
                high: 0.515 - (i % 3) * 0.006,
              },
      }),
    ),
    target: 0.45,
    axis: percent,
    theme: "light",
    ...more,
  };
}

const revenue = [
  401, 409, 404, 412, 405, 418, 410, 422, 415, 426, 419, 431, 424, 428, 437, 430, 441, 433, 445,
  438, 447, 440, 451, 446, 372, 365,
];

/** A loss that was called, with an earlier peak. */
export function aSignal(more: Partial<TrendCard> = {}): TrendCard {
  return aTrend({
    title: "Weekly Revenue",
    subtitle: "all accounts · 26 weeks to Sun 22 Nov 2026",
    value: "$365k",
    pill: { text: "▼ 1.9%", tone: "bad" },
    verdict: {
      text: "Signal, down for the second week: $365k, expected $452k ($421k to $485k), since the week of 9 Nov 2026",
      tone: "bad",
    },
    footer:
      "As of Mon 23 Nov 2026 00:00 UTC. Net revenue recognised on the seven days, after discounts and credits.",
    points: revenue.map((thousands, i) => {
      const expected = (402 + i * 1.95) * 1000;
      const bumped = i === 11 ? 478 : thousands;
      const marked = i === 11 || i >= 24 ? (i === 11 ? "good" : "bad") : null;
      return point(i, bumped * 1000, {
        marked,
        band: i < 8 ? null : { expected, low: expected - 27_000, high: expected + 27_000 },
      });
    }),
    target: 470_000,
    axis: dollars,
    ...more,
  });
}
