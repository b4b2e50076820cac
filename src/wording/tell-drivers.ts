/** Drivers of success metrics: how each stands, who owns it, and what its metrics do. */
import type { Block, Message } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import type { ScorecardEntry, ToldDriver, WeekStart } from "../metrics/index.ts";
import { answerJson } from "./answer-json.ts";
import { capital } from "./capital.ts";
import { ownersText } from "./owners-text.ts";
import {
  driverName,
  driversSentence,
  standingSentence,
  statusMeaning,
  statusWord,
  untestedYet,
} from "./say-drivers.ts";
import { sayWeekDays, weekName } from "./say-week.ts";
import { hiddenRows, rowSentence, type ScorecardCells, scorecardCells } from "./scorecard-words.ts";
import { type CellLabels, tableOfBareCells, tableOfCells } from "./table-of-cells.ts";
import type { Voice } from "./voice.ts";
import { onTerminal } from "./where-figures-are.ts";
import { strong } from "./without-figures.ts";

export interface TellableDrivers {
  week: WeekStart;
  drivers: readonly ToldDriver[];
  /** Whose drivers they are; null: all there are. */
  moved: Metric | null;
  /** Metrics of theirs that are not told here. */
  hidden: number;
  /** What asks for them again, without the command's own name. */
  line: string;
}

/** One driver, with its metrics. */
export function tellDriver(told: TellableDrivers, voice: Voice): Message {
  const [one] = told.drivers;
  if (one === undefined) throw new Error("no driver to tell");
  const { driver, rows } = one;
  const title = `${driverName(one)}, ${weekName(told.week)}`;
  const moves = told.moved === null ? "" : ` It moves ${told.moved.name}.`;
  const about = `${driver.what} Owned by ${ownersText(driver.owners)}.${moves}`;
  return compose(told, voice, {
    title,
    verdict: `${capital(standingSentence(one))}.`,
    about: [about],
    cells: rows.map((row) => scorecardCells(row, voice)),
    said: rows.map((row) => rowSentence(row, voice)),
    small: [indexWords(one, voice), statusMeaning],
  });
}

/** The tree of a success metric, or the drivers of all, without their metrics. */
export function tellDrivers(told: TellableDrivers, voice: Voice): Message {
  const { drivers, moved, week } = told;
  const isTree = moved !== null;
  return compose(told, voice, {
    title: `Drivers${isTree ? ` of ${moved.name}` : ""}, ${weekName(week)}`,
    verdict: driversSentence(drivers),
    about: [],
    cells: drivers.flatMap((one) => [
      driverCells(one),
      ...(isTree ? one.rows.map((row) => under(scorecardCells(row, voice))) : []),
    ]),
    said: drivers.flatMap((one) => [
      `${driverName(one)}, ${ownersText(one.driver.owners)}: ${standingSentence(one)}.`,
      ...(isTree ? one.rows.map((row) => rowSentence(row, voice)) : []),
    ]),
    small: [untestedYet(drivers), statusMeaning],
    labels: isTree ? { name: "driver, its metrics", verdict: "verdict" } : ofDrivers,
  });
}

const ofDrivers = { name: "driver", verdict: "status" };

interface Composed {
  title: string;
  verdict: string;
  about: readonly string[];
  cells: readonly ScorecardCells[];
  said: readonly string[];
  small: readonly string[];
  labels?: CellLabels;
}

function compose(
  { week, hidden, line }: TellableDrivers,
  voice: Voice,
  { title, verdict, about, cells, said, small, labels }: Composed,
): Message {
  const heading: Block = { kind: "heading", text: `${title} · ${sayWeekDays(week, voice)}` };
  const sentences = about.map((text): Block => ({ kind: "text", text }));
  const footer = [...small, ...hiddenRows(hidden)].filter(Boolean).join(" · ");
  const where = onTerminal(`kpi query '${line}'`);
  return {
    summary: [`${title}. ${verdict}`, ...about, ...said, `${capital(footer)}.`].join(" "),
    blocks: [
      heading,
      strong(verdict),
      ...sentences,
      tableOfCells(title, week, cells, labels),
      { kind: "context", text: footer },
    ],
    withoutFigures: {
      summary: [
        `${title}. ${verdict}`,
        ...about,
        ...cells.map(({ name, verdict: word }) => `${name}: ${word}.`),
        `${where.said}.`,
      ].join(" "),
      blocks: [
        heading,
        strong(verdict),
        ...sentences,
        tableOfBareCells(title, cells, labels),
        ...where.blocks,
      ],
    },
  };
}

function driverCells(one: ToldDriver): ScorecardCells {
  const verdict = statusWord(one);
  const owner = ownersText(one.driver.owners);
  return { name: driverName(one), value: "", change: "", verdict, target: "", owner };
}

function under(cells: ScorecardCells): ScorecardCells {
  return { ...cells, name: `· ${cells.name}` };
}

/** `+1.4 of 3 tested metrics`; why there is none. */
function indexWords({ standing: { index, tested }, rows }: ToldDriver, { locale }: Voice): string {
  if (index === null)
    return rows.some(isUnjudged)
      ? "its metrics are not tested yet: a refresh is due"
      : "fewer than two of its metrics are tested in this week";
  const said = new Intl.NumberFormat(locale, {
    signDisplay: "exceptZero",
    maximumFractionDigits: 1,
  });
  return `${said.format(index)} of ${tested} tested metrics`;
}

function isUnjudged(row: ScorecardEntry): boolean {
  return row.kind === "answered" && row.answer.flags.includes("unjudged");
}

export function driversJson({ week, drivers, moved }: TellableDrivers, voice: Voice) {
  return {
    week: weekName(week),
    metric: moved?.id ?? null,
    drivers: drivers.map(({ driver, standing, rows }) => ({
      code: driver.code,
      name: driver.name,
      what: driver.what,
      metric: driver.parent,
      owners: driver.owners,
      status: standing.status,
      index: standing.index,
      tested: standing.tested,
      metrics: rows.map((row) =>
        row.kind === "answered"
          ? answerJson(row.answer, voice)
          : { metric: row.metric, state: row.kind },
      ),
    })),
  };
}
