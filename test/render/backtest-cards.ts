import type { BacktestCard } from "../../src/render/index.ts";
import { dollars, week } from "./trend-cards.ts";

const FIRST = "2025-11-24";
const LEVEL = 400_000;
type Point = BacktestCard["points"][number];

/** Week 20 fell for three weeks, week 36 rose for two, and from week 44 on a run was called. */
function pointAt(i: number): Point {
  const usual = LEVEL + i * 1_500;
  const noise = 9_000 * Math.sin(i * 2.3) + 4_000 * Math.sin(i * 0.7);
  const moved = i >= 20 && i <= 22 ? -78_000 : i === 36 || i === 37 ? 70_000 : i >= 44 ? 16_000 : 0;
  return {
    week: week(i, FIRST),
    value: i === 12 ? null : usual + noise + moved,
    open: false,
    band: i < 6 ? null : { expected: usual, low: usual - 28_000, high: usual + 28_000 },
    alarm: alarmAt(i),
  };
}

function alarmAt(i: number): Point["alarm"] {
  if (i === 20) return { by: "signal", direction: -1, tone: "bad" };
  if (i === 36) return { by: "signal", direction: 1, tone: "good" };
  return i === 51 ? { by: "run", direction: 1, tone: "good" } : null;
}

/** A year of revenue with two signals and a run. */
export function aBacktest(more: Partial<BacktestCard> = {}): BacktestCard {
  return {
    title: "Backtest: Weekly Revenue, tier pro",
    subtitle: "52 weeks to Sun 22 Nov 2026",
    value: "3 alarms",
    pill: { text: "", tone: "neutral" },
    verdict: {
      text: "3 alarms in the last 52 weeks: 2 signals and 1 run. About one every 17 weeks.",
      tone: "neutral",
    },
    footer: "data complete to Mon 23 Nov 2026, 00:00 UTC · weekly_revenue 1-9f3c",
    points: Array.from({ length: 52 }, (_, i) => pointAt(i)),
    movements: [
      { from: week(20, FIRST), to: week(22, FIRST), tone: "bad" },
      { from: week(36, FIRST), to: week(37, FIRST), tone: "good" },
      { from: week(44, FIRST), to: week(51, FIRST), tone: "good" },
    ],
    axis: dollars,
    theme: "light",
    ...more,
  };
}
