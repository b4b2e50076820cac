/** What was measured, as tables; of what falls short of its goal, why. */
import type { Metric } from "../../src/metrics/catalogue/index.ts";
import type { Table } from "../figures.ts";
import type { Compared } from "./measure-answers.ts";
import type { Measured } from "./measure-company.ts";
import { isOfOneWeek, MONTHS, type Refreshed } from "./measure-refresh.ts";

const GOALS = { cells: 100, rerun: 5, newWeek: 0.02, late: 3, import: 0.25 };

export function tablesOf(measured: readonly Measured[]): Table[] {
  return [
    ...measured.map(seriesTable),
    scorecardTable(measured),
    refreshTable(measured),
    ...measured.map(slowestTable),
    importTable(measured),
    memoryTable(measured),
    ...(measured.length > 1 ? [growthTable(measured)] : []),
  ];
}

const million = (rows: number): string => `${(rows / 1e6).toFixed(rows < 1e7 ? 2 : 1)}M`;
const seconds = (milliseconds: number): string =>
  `${(milliseconds / 1e3).toFixed(milliseconds < 1e4 ? 2 : 1)} s`;
const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const times = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)}x`;
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const megabytes = (value: number | null): string =>
  value === null ? "not told" : value.toFixed(0);

const kindOf = ({ metric: { aggregation, values } }: Compared): string =>
  values === undefined ? aggregation : "quantile of rows";

function seriesTable({ usageRows, series }: Measured): Table {
  const rows = [...series]
    .sort((a, b) => Number(b.fromCells) - Number(a.fromCells))
    .map((one) => {
      const ratio = one.exactMs / one.ms;
      const goal = one.fromCells ? GOALS.cells : GOALS.rerun;
      return [
        one.metric.id,
        kindOf(one),
        one.fromCells ? "cells" : "facts",
        milliseconds(one.ms),
        milliseconds(one.exactMs),
        times(ratio),
        ratio >= goal ? "" : whyNot(one, goal),
      ];
    });
  return {
    title: `26 weeks of tier=pro, ${million(usageRows)} usage rows`,
    about: `From the roll-ups (median of several) against \`--exact\` (once), in ms. Goal from 10M on: ${GOALS.cells}x where cells answer, ${GOALS.rerun}x where facts do.`,
    head: ["metric", "kind", "from", "roll-ups", "exact", "ratio", "falls short because"],
    rows,
  };
}

/** Milliseconds below which no answer of many weeks comes: they are read, sent and parsed. */
const LEAST_MS = 5;

/** A ratio is small where there is little to be saved, or where the roll-up itself is slow. */
function whyNot({ metric, fromCells, exactMs }: Compared, goal: number): string {
  if (exactMs / goal < LEAST_MS)
    return `the sources have few rows for it: ${milliseconds(exactMs)} ms leave no ${goal}x`;
  if (metric.aggregation === "derived") return "its parts are read one after the other";
  return fromCells
    ? "many cells are added up"
    : "it reads the same events: the facts have none of their grain";
}

function scorecardTable(measured: readonly Measured[]): Table {
  return {
    title: "The unfiltered scorecard",
    about: `All metrics of the success layer for the last week, with 13 weeks of series and verdicts, from the roll-ups against \`--exact\`. Goal: ${GOALS.cells}x.`,
    head: ["usage rows", "metrics", "roll-ups, ms", "exact, ms", "ratio", "falls short because"],
    rows: measured.map(({ usageRows, scorecard: { ms, exactMs, metrics } }) => [
      million(usageRows),
      String(metrics),
      milliseconds(ms),
      milliseconds(exactMs),
      times(exactMs / ms),
      exactMs / ms >= GOALS.cells
        ? ""
        : `${metrics} metrics with their verdicts take ${milliseconds(ms / metrics)} ms each, however few rows they rest on`,
    ]),
  };
}

function refreshTable(measured: readonly Measured[]): Table {
  return {
    title: "A refresh",
    about: `All metrics of the catalogue, over three years of accounts and two of events. Goals: one new week under ${percent(GOALS.newWeek)} of the first; late rows under ${GOALS.late}x the new week's for facts and one-week cells. Metrics are computed two at once: the parts of cells are half of what their metrics took. The rest is verdicts.`,
    head: ["usage rows", "refresh", "time", "share", "falls short because"],
    rows: measured.flatMap((one) => {
      const { usageRows, backfill, newWeek, late } = one;
      const [week, lateParts] = [partsOf(one, newWeek), partsOf(one, late)];
      const ofFirst = (ms: number): string => `${percent(ms / backfill.ms)} of the first`;
      const ofWeek = (ms: number): string => `${times(ms / newWeek.ms)} the new week's`;
      const isQuick = newWeek.ms / backfill.ms < GOALS.newWeek;
      const isNear = lateParts.narrow / week.narrow < GOALS.late;
      return [
        ["the first, of all weeks", seconds(backfill.ms), ""],
        ["of it the facts", seconds(backfill.factsMs), ""],
        ["one new week", seconds(newWeek.ms), ofFirst(newWeek.ms), isQuick ? "" : whySlow(one)],
        ["of it facts and one-week cells", seconds(week.narrow), ofFirst(week.narrow)],
        ["of it windowed cells", seconds(week.wide), ofFirst(week.wide)],
        ["of it cells of months", seconds(week.months), ofFirst(week.months)],
        [`${late.rows} late rows over 8 weeks`, seconds(late.ms), ofWeek(late.ms)],
        [
          "of it facts and one-week cells",
          seconds(lateParts.narrow),
          `${times(lateParts.narrow / week.narrow)} those of the new week, ${ofWeek(lateParts.narrow)}`,
          isNear ? "" : "the late rows touch eight weeks and more accounts than a week has",
        ],
        ["of it windowed cells", seconds(lateParts.wide), ofWeek(lateParts.wide)],
        ["of it cells of months", seconds(lateParts.months), ofWeek(lateParts.months)],
      ].map(([what = "", time = "", share = "", why = ""]) => [
        million(usageRows),
        what,
        time,
        share,
        why,
      ]);
    }),
  };
}

/** Milliseconds of what is of one week alone, of cells whose windows are wider, and of months. */
function partsOf(
  { catalogue }: Measured,
  { factsMs, metrics }: Refreshed,
): { narrow: number; wide: number; months: number } {
  // Two are computed at once.
  const took = (ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + (metrics.get(id)?.ms ?? 0) / 2, 0);
  const ids = (isAbout: (metric: Metric) => boolean): string[] =>
    catalogue.computed.filter(isAbout).map(({ id }) => id);
  return {
    narrow: factsMs + took(ids(isOfOneWeek)),
    wide: took(ids((metric) => !isOfOneWeek(metric))),
    months: took([...metrics.keys()].filter((id) => id.endsWith(MONTHS))),
  };
}

function whySlow({ catalogue, newWeek, usageRows }: Measured): string {
  const share = percent(newWeek.rows / (usageRows + newWeek.rows));
  return `the week alone has ${share} of all usage, most windows read 4 or 13 such weeks, and each of ${catalogue.computed.length} metrics has a floor`;
}

const SLOWEST = 25;

function slowestTable({ usageRows, backfill, newWeek }: Measured): Table {
  const slowest = [...backfill.metrics.values()].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  return {
    title: `The slowest metrics of a first refresh, ${million(usageRows)} usage rows`,
    about: `Of ${backfill.metrics.size}, among which a metric's months are one more; what one new week of each took stands beside.`,
    head: ["metric", "first", "new week"],
    rows: slowest.map(({ metric, ms }) => [
      metric,
      seconds(ms),
      seconds(newWeek.metrics.get(metric)?.ms ?? Number.NaN),
    ]),
  };
}

function importTable(measured: readonly Measured[]): Table {
  const speed = (rows: number, ms: number): string =>
    Math.round((rows / ms) * 1e3).toLocaleString("en-GB");
  return {
    title: "An import of usage",
    about: `Rows a second, against a bare COPY of the same file into the same table, which is rolled back. Goal: ${percent(GOALS.import)}.`,
    head: ["company", "rows", "way", "import", "COPY", "share", "falls short because"],
    rows: measured.flatMap(({ usageRows, imports }) =>
      imports.map(({ way, rows, ms, copyMs }) => [
        million(usageRows),
        rows.toLocaleString("en-GB"),
        way,
        speed(rows, ms),
        copyMs === null ? "" : speed(rows, copyMs),
        copyMs === null ? "" : percent(copyMs / ms),
        copyMs === null || copyMs / ms >= GOALS.import
          ? ""
          : "its keys are looked up among those that are there, and its days marked",
      ]),
    ),
  };
}

function memoryTable(measured: readonly Measured[]): Table {
  return {
    title: "Memory at its most",
    about:
      "Megabytes of the process of the program, and of the largest one of Postgres without what all share.",
    head: ["usage rows", "while", "program", "Postgres"],
    rows: measured.flatMap(({ usageRows, peaks }) =>
      Object.entries(peaks).map(([work, { nodeMb, postgresMb }]) => [
        million(usageRows),
        work,
        megabytes(nodeMb),
        megabytes(postgresMb),
      ]),
    ),
  };
}

function growthTable(measured: readonly Measured[]): Table {
  const [first] = measured;
  const growing: readonly (readonly [string, (one: Measured) => number])[] = [
    ["usage rows", ({ usageRows }) => usageRows],
    ["first refresh", ({ backfill }) => backfill.ms],
    ["one new week", ({ newWeek }) => newWeek.ms],
    ["late rows", ({ late }) => late.ms],
    ["scorecard from roll-ups", ({ scorecard }) => scorecard.ms],
    ["scorecard, exact", ({ scorecard }) => scorecard.exactMs],
    [
      "26 weeks from cells",
      ({ series }) =>
        sum(
          series.filter(({ fromCells }) => fromCells),
          "ms",
        ),
    ],
    [
      "26 weeks from facts",
      ({ series }) =>
        sum(
          series.filter(({ fromCells }) => !fromCells),
          "ms",
        ),
    ],
    ["26 weeks, exact", ({ series }) => sum(series, "exactMs")],
  ];
  return {
    title: "Growth",
    about: "How much more each takes than at the first size.",
    head: ["", ...measured.map(({ usageRows }) => million(usageRows))],
    // Where cells answer everything, nothing is answered from facts.
    rows: growing
      .filter(([, of]) => first !== undefined && of(first) > 0)
      .map(([what, of]) => [
        what,
        ...measured.map((one) => times(of(one) / (first ? of(first) : Number.NaN))),
      ]),
  };
}

function sum(compared: readonly Compared[], of: "ms" | "exactMs"): number {
  return compared.reduce((total, one) => total + one[of], 0);
}
