import type { TrendCard } from "../../src/render/index.ts";
import { aSignal, aTrend, bars, dollars, percent, point, pointsOf, week } from "./trend-cards.ts";

const plain = { target: null, pill: { text: "", tone: "neutral" } } as const;
const steps = (count: number, value: (i: number) => number | null) =>
  Array.from({ length: count }, (_, i) => value(i));
const wave = (i: number) => Math.sin(i * 1.7) + Math.sin(i * 0.6);

/** Cards that have broken charts before, or would. */
export const hardTrends: Readonly<Record<string, TrendCard>> = {
  "one-point": aTrend({ ...plain, points: [point(0, 0.412)], subtitle: "its first week" }),
  "no-value": aTrend({
    ...plain,
    value: "n/a",
    points: pointsOf(steps(26, () => null)),
    verdict: { text: "Not tested: no account signed up in these weeks", tone: "neutral" },
  }),
  constant: aTrend({ points: pointsOf(steps(26, () => 0.412)), target: 0.412 }),
  "all-zero": aTrend({
    ...plain,
    value: "0",
    points: pointsOf(steps(8, () => 0)),
    axis: (v) => `${v}`,
  }),
  "negative-money": aTrend({
    title: "Net New MRR",
    value: "−$48.2k",
    pill: { text: "▼ $31k", tone: "bad" },
    points: pointsOf(
      steps(26, (i) => -20_000 + wave(i) * 18_000 - (i === 25 ? 10_000 : 0)),
      -18_000,
      45_000,
    ),
    target: 0,
    axis: dollars,
  }),
  "near-zero": aTrend({
    title: "Error Rate",
    value: "0.041%",
    points: pointsOf(
      steps(26, (i) => 0.0004 + wave(i) * 0.00008),
      0.0004,
      0.0003,
    ),
    target: 0.001,
  }),
  "near-one": aTrend({
    title: "Uptime SLA Adherence Rate",
    value: "99.94%",
    points: pointsOf(
      steps(26, (i) => 0.9994 - Math.abs(wave(i)) * 0.0004),
      0.9991,
      0.0008,
    ),
    target: 0.9995,
  }),
  "long-names": aTrend({
    title: "株式会社東京データ分析研究所の週次アクティブアカウント数 🚀🚀 الحسابات النشطة أسبوعيا",
    subtitle:
      "セグメント 👩‍👩‍👧‍👦 家族 · חשבונות פעילים · région Île-de-France · größte Kunden zuerst und noch viel mehr Wörter",
    value: "12,345,678,901,234",
    pill: { text: "▼ 1,234,567,890.1 points und mehr", tone: "neutral" },
    verdict: {
      text: "Routine: 通常の変動の範囲内です 🎉 — within normal variation, expected 42.6% (31.1% to 54.7%), and a sentence that goes on for much longer than the strip can hold on its two lines",
      tone: "neutral",
    },
    footer: "無".repeat(300),
  }),
  "control-characters": aTrend({
    title: 'NUL\u0000 BEL\u0007 VT\u000b \ufffe\uffff <script>alert(1)</script> & "quotes"',
    subtitle:
      "\u202eturned around\u202c \ud800 lone \u2066isolate\u2069 z\u0334\u0335\u0336\u0337\u0338\u0321\u0322algo\nsecond\tline",
    footer: '</text></svg><image href="http://127.0.0.1/x.png"/> url(http://127.0.0.1/)',
  }),
  trillions: aTrend({
    title: "Annual Recurring Revenue",
    value: "$1.23T",
    points: pointsOf(
      steps(26, (i) => 1e12 + i * 9e9 + wave(i) * 1e10),
      1.11e12,
      9e10,
    ),
    target: 1.25e12,
    axis: dollars,
  }),
  gaps: aTrend({
    points: aTrend().points.map((p, i) =>
      [3, 4, 9, 11, 20].includes(i) ? { ...p, value: null } : p,
    ),
  }),
  "open-week": aTrend({
    value: "38.0%",
    subtitle: "cohort week 2026-W33 · the last two weeks are not complete",
    points: aTrend().points.map((p, i) =>
      i >= 24 ? { ...p, open: true, band: null, value: 0.36 + i / 1250 } : p,
    ),
  }),
  "everything-at-once": aSignal({
    points: aSignal().points.map((p, i) => ({
      ...p,
      open: i === 25,
      value: i === 5 || i === 15 ? null : p.value,
      marked: i === 2 || i === 3 ? "neutral" : p.marked,
    })),
  }),
  "target-far": aSignal({
    target: 4_200_000,
    verdict: { text: "Continuing: still below the level before the week of 9 Nov", tone: "bad" },
  }),
  "target-meets-value": aTrend({
    value: "45.0%",
    points: pointsOf(steps(13, (i) => 0.45 + (i === 12 ? 0 : wave(i) * 0.02))),
  }),
  "year-turns": aTrend({
    points: steps(26, (i) => 0.42 + wave(i) * 0.01).map((value, i) => ({
      ...point(i, value),
      week: week(i, "2026-09-07"),
    })),
  }),
  "five-years": aTrend({
    subtitle: "260 weeks",
    points: steps(260, (i) => 0.3 + i * 0.0004 + wave(i) * 0.01).map((value, i) => ({
      ...point(i, value),
      week: week(i, "2021-11-29"),
    })),
  }),
  "by-few": aTrend({
    segments: bars("By tier, sign-ups of 2026-W33", [
      ["pro", 0.5, 38],
      ["enterprise", 0.447, 31],
      ["free", 0.312, 112],
      ["(none)", 1, 3, "thin"],
    ]),
  }),
  "by-many": aSignal({
    segments: {
      ...bars(
        "By campaign, 2026-W47",
        ["Spring", "Summer", "Autumn", "Winter", "Webinar", "Partner", "Podcast", "Fair"].map(
          (name, i) => [name, 190_000 / (i + 1) ** 1.6, 400 - 50 * i, i > 5 ? "thin" : ""],
        ),
        dollars,
      ),
      more: "and 14 more, in the text",
    },
    theme: "dark",
  }),
  "by-long-names": aTrend({
    segments: bars(
      "地域別 2026-W33 · by a dimension whose name takes more than its share of the line",
      [
        ["株式会社東京データ分析研究所 関東支社 👩‍👩‍👧‍👦", 0.61, 1200],
        ["Provence-Alpes-Côte d’Azur, Auvergne-Rhône-Alpes", 0.44, 300],
        ["الشرق الأوسط", 0.32, 7, "thin"],
        ['NUL\u0000 <b>&"', 12_345_678_901, 123_456_789, "thin"],
      ],
    ),
  }),
  "by-negative": aTrend({
    ...plain,
    title: "Net New MRR",
    value: "−$48.2k",
    points: pointsOf(steps(13, (i) => -20_000 + wave(i) * 18_000)),
    axis: dollars,
    segments: bars(
      "By region per month, 2026-W47",
      [
        ["EMEA", -61_300, 80],
        ["AMER", 14_100, 64],
        ["APAC", 0, 31],
        ["LATAM", -950, 4, "thin"],
      ],
      dollars,
    ),
  }),
  "by-nothing": aTrend({
    segments: bars("By source, 2026-W47", [
      ["conference", null, 0, "thin"],
      ["campaign", Number.NaN, 40],
    ]),
  }),
  "two-points-no-words": aTrend({
    ...plain,
    subtitle: "",
    value: "",
    verdict: { text: "", tone: "neutral" },
    footer: "",
    points: pointsOf([0.4, 0.5]),
    axis: percent,
  }),
};
