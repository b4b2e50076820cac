/** A scorecard, or a team's post, where figures are kept out of chat. */
import type { Block, Span, Text, Words } from "../message.ts";
import type { Scorecard, ScorecardEntry } from "../metrics/index.ts";
import { lookInto } from "./look-into.ts";
import { weekName } from "./say-week.ts";
import { type BareCells, tableOfBareCells } from "./table-of-cells.ts";
import { onTerminal, ownWindow } from "./where-figures-are.ts";
import { strong } from "./without-figures.ts";

export interface BareScorecard {
  title: string;
  days: string;
  verdict: string;
  rows: readonly BareCells[];
  /** Between the verdict and the table, as it is shown and as it is heard. */
  lines: readonly { text: Text; said: string }[];
  /** Behind the table. */
  after: readonly Text[];
  small: readonly string[];
}

export function scorecardWithoutFigures(scorecard: Scorecard, bare: BareScorecard): Words {
  const { title, days, verdict, rows, after, small } = bare;
  const lines = bare.lines.filter(({ said }) => said !== "");
  const where = onTerminal(commandFor(scorecard));
  const said = rows.map(({ name, verdict: word }) => `${name}: ${word}.`);
  return {
    summary: [
      `${title}, ${days}. ${verdict}`,
      ...lines.map((line) => line.said),
      ...said,
      `${where.said}.`,
      `${small.join(" · ")}.`,
    ].join(" "),
    blocks: [
      { kind: "heading", text: `${title} · ${days}` },
      strong(verdict),
      ...lines.map(({ text }): Block => ({ kind: "text", text })),
      tableOfBareCells(title, rows),
      ...linksBlock(scorecard.rows),
      ...where.blocks,
      ...after.map((text): Block => ({ kind: "text", text })),
      { kind: "context", text: small.join(" · ") },
    ],
  };
}

function commandFor({ week, team }: Scorecard): string {
  return `kpi scorecard --week ${weekName(week)}${team === undefined ? "" : ` --team ${team}`}`;
}

/** Each metric that has a link, by its first one. */
function linksBlock(rows: readonly ScorecardEntry[]): Block[] {
  const links = rows.flatMap((row): Span[] => {
    const [url] = row.kind === "answered" ? lookInto(ownWindow(row.answer)) : [];
    return url === undefined ? [] : [{ kind: "link", text: row.name, url }];
  });
  if (links.length === 0) return [];
  const spans = links.flatMap((link, i) => (i === 0 ? [link] : [", ", link]));
  return [{ kind: "text", text: ["Look into ", ...spans] }];
}
