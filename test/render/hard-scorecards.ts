import type { ScorecardCard } from "../../src/render/index.ts";
import { aRow, aScorecard } from "./scorecard-cards.ts";

export const hardScorecards: Readonly<Record<string, ScorecardCard>> = {
  empty: aScorecard({ rows: [], subtitle: "Week 2026-W47: no metric may be shown here" }),
  "one-row": aScorecard({ rows: [aRow()], footer: "" }),
  "long-words": aScorecard({
    title:
      "月曜日のスコアカード 🚀 with a title that is far longer than any card of 640 pixels could ever hold",
    subtitle: `${"Woche ".repeat(40)}zu Ende`,
    rows: [
      aRow({
        name: "株式会社東京データ分析研究所の週次アクティブアカウント数",
        owner: "プロダクト・エンジニアリング・カスタマーサクセス部",
      }),
      aRow({ name: "مؤشر رضا العملاء عن الخدمة", owner: "צוות מוצר" }),
      aRow({
        name: "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
        owner: "🚀",
      }),
      aRow({
        name: 'NUL\u0000 <b>&"\u202e',
        owner: "\ud800",
        value: "−$1,234,567,890,123",
        change: {
          text: "▲ 1,234,567,890.1 points",
          grade: "better by a great deal indeed",
          tone: "bad",
        },
        verdict: { text: "Signal up, two weeks in a row", tone: "bad", kind: "signal_up" },
        target: {
          level: "$9,876,543,210,987",
          state: "target missed, not certain at all",
          kind: "missed",
        },
      }),
    ],
  }),
  "odd-series": aScorecard({
    rows: [
      aRow({ name: "None", series: [] }),
      aRow({ name: "One", series: [5] }),
      aRow({ name: "All null", series: [null, null, null] }),
      aRow({ name: "Gaps", series: [1, 2, null, 3, null, null, 4, 5, 4, 6, null, 7, 8] }),
      aRow({ name: "Ends late", series: [1, 2, 3, 2, 4, 3, 2, 4, 5, 4, 3, 4, null] }),
      aRow({ name: "Not finite", series: [1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3] }),
      aRow({ name: "Level and huge", series: [1e12, 1e12, 1e12] }),
      aRow({
        name: "Twenty weeks",
        series: Array.from({ length: 20 }, (_, i) => (i < 7 ? 1000 : i)),
      }),
    ],
  }),
  "twenty-four-rows": aScorecard({
    rows: [...aScorecard().rows, ...aScorecard().rows.slice(0, 8)],
  }),
};
