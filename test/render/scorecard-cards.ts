import type {
  ScorecardCard,
  ScorecardRow,
  TargetKind,
  Tone,
  VerdictKind,
} from "../../src/render/index.ts";

type Aim = readonly [level: string, state: string, kind: TargetKind] | null;
type Told = [name: string, owner: string, value: string, change: string, target: Aim];

const figures: readonly Told[] = [
  [
    "Year-to-Date Revenue",
    "PRD · GTM · CS",
    "$18.4M",
    "▲ 2.3%",
    ["$18.9M", "target on track", "reached"],
  ],
  ["Weekly Revenue", "PRD · GTM · CS", "$365k", "▼ 18.2%", ["$470k", "target missed", "missed"]],
  ["Weekly Growth Rate", "PRD", "−18.2%", "▼ 16.9 points", null],
  [
    "Cumulative Weekly Growth Rate",
    "PRD",
    "0.8%",
    "▼ 0.1 points",
    ["1.0%", "target at risk", "near"],
  ],
  ["Monthly Recurring Revenue", "PRD · GTM", "$1.93M", "▲ 0.4%", null],
  ["Average Revenue per Account", "PRD", "$1,482", "▲ 0.2%", null],
  [
    "Customer Acquisition Rate",
    "GTM · PRD",
    "6.8%",
    "▲ 0.6 points",
    ["6.5%", "target met", "reached"],
  ],
  [
    "Activation Rate (14-day)",
    "PRD · CS",
    "63.9%",
    "▲ 7.1 points",
    ["60.0%", "target met", "reached"],
  ],
  [
    "Adoption Rate (13-week)",
    "PRD · CS",
    "41.2%",
    "▼ 1.9 points",
    ["45.0%", "target missed", "missed"],
  ],
  ["Retention Rate", "CS · PRD", "98.9%", "0.0 points", ["98.5%", "target met", "reached"]],
  [
    "Usage Retention Rate",
    "PRD · CS",
    "104.1%",
    "▼ 0.7 points",
    ["105.0%", "target off track", "missed"],
  ],
  [
    "Customer Satisfaction Score",
    "CS · ENG · PRD",
    "48.6",
    "▼ 2.1 points",
    ["50.0", "target missed", "missed"],
  ],
  ["Latency p99", "ENG", "1,840 ms", "▲ 420 ms", ["1,500 ms", "target missed", "missed"]],
  ["Error Rate", "ENG", "n/a", "n/a", ["0.5%", "", "unknown"]],
  ["Uptime SLA Adherence Rate", "ENG", "n/a", "n/a", ["99.9%", "", "unknown"]],
  ["Business Outcome Achievement Rate", "CS · PRD", "72.0%", "▲ 3.0 points", null],
];

const verdicts: Readonly<Record<number, { text: string; tone: Tone; kind: VerdictKind }>> = {
  0: { text: "Not tested", tone: "neutral", kind: "untested" },
  1: { text: "Signal down", tone: "bad", kind: "signal_down" },
  3: { text: "Run", tone: "bad", kind: "run" },
  7: { text: "Signal up", tone: "good", kind: "signal_up" },
  10: { text: "Seasonal", tone: "neutral", kind: "seasonal" },
  12: { text: "Continuing", tone: "bad", kind: "continuing" },
  13: { text: "Late", tone: "neutral", kind: "late" },
  14: { text: "Failed", tone: "neutral", kind: "failed" },
  15: { text: "Too few weeks", tone: "neutral", kind: "untested" },
};

/** A wave that differs from row to row, with what its verdict says at the end. */
function seriesOf(row: number, kind: VerdictKind): (number | null)[] {
  if (kind === "failed") return [];
  const level = 100 + row * 7;
  const series: (number | null)[] = Array.from(
    { length: 13 },
    (_, week) => level + 4 * Math.sin(week * 1.7 + row) + week * ((row % 3) - 1) * 0.6,
  );
  if (kind === "late") series[12] = null;
  if (kind === "signal_up" || kind === "continuing") series[12] = level * 1.2;
  if (kind === "signal_down") series[12] = level * 0.8;
  if (row === 15) series.fill(null, 0, 8);
  if (row === 9) series.fill(level);
  return series;
}

/** Of rates a rise is good, of the latency it is bad; a plan of growth has no better or worse. */
function gradeOf(row: number, change: string): string {
  if (!/^[▲▼]/.test(change) || row === 3) return "";
  return change.startsWith("▲") === (row !== 12) ? "better" : "worse";
}

export function aRow(more: Partial<ScorecardRow> = {}): ScorecardRow {
  return {
    name: "Retention Rate",
    owner: "CS",
    value: "98.9%",
    change: { text: "▲ 0.1 points", grade: "better", tone: "neutral" },
    verdict: { text: "Routine", tone: "neutral", kind: "routine" },
    target: null,
    series: [1, 3, 2, 4, 3, 5],
    ...more,
  };
}

/** An ordinary Monday: every kind of verdict once. */
export function aScorecard(more: Partial<ScorecardCard> = {}): ScorecardCard {
  return {
    title: "Monday scorecard",
    subtitle:
      "Week 2026-W47 to Sun 22 Nov 2026 · 16 metrics: 4 signals, 8 routine, 1 late (Error Rate), 1 failed",
    rows: figures.map(([name, owner, value, change, target], i) => {
      const verdict = verdicts[i] ?? { text: "Routine", tone: "neutral", kind: "routine" };
      const tone = verdict.kind === "run" ? "neutral" : verdict.tone;
      return aRow({
        name,
        owner,
        value,
        change: { text: change, grade: gradeOf(i, change), tone },
        verdict,
        target: target && { level: target[0], state: target[1], kind: target[2] },
        series: seriesOf(i, verdict.kind),
      });
    }),
    footer:
      "As of Mon 23 Nov 2026 00:00 UTC. Changes are to the week before; 2 metrics are not shown in this channel.",
    theme: "light",
    ...more,
  };
}
