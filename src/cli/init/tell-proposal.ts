/** What `kpi init` found, in words: the tables, what they answer, what more would, and what to type next. */
import { isToldOf, type ProposedMapping } from "../../ingest/index.ts";
import type { Coverage } from "../../metrics/index.ts";

export interface Wrote {
  mapping: string;
  /** The folder of CSV files; null: it is a database. */
  dir: string | null;
  /** Null: one was there already. */
  company: string | null;
}

/** `wrote` null: nothing was recognised, so nothing was written. */
export function tellProposal(
  proposed: ProposedMapping,
  covered: Coverage,
  wrote: Wrote | null,
): string {
  const parts =
    wrote === null
      ? [nothingFound(proposed)]
      : [
          tables(proposed),
          left(proposed),
          answers(covered),
          waiting(covered),
          next(proposed, wrote),
        ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function nothingFound(proposed: ProposedMapping): string {
  const { relations } = proposed.proposal;
  const seen =
    relations.length === 0 && proposed.unread.length === 0
      ? "There is no CSV file and no table."
      : left(proposed);
  return `${seen}\nNo source table was recognised, so no mapping was written. Names are known in English: a file called customers.csv with the columns customer id, name and created on is recognised, whatever else it has. The tables and their columns are those of migrations/0001_source.sql; docs/importing.md shows how a mapping is written by hand.`;
}

function tables({ proposal, report, failed }: ProposedMapping): string {
  const rowsOf = new Map(report?.tables.map((table) => [table.table, table]));
  const lines = proposal.drafts
    .filter(({ table }) => !failed.has(table))
    .map((draft) => {
      const { read = 0, rejected = 0 } = rowsOf.get(draft.table) ?? {};
      const from = draft.relation?.title ?? "made of what the others hold";
      const lost = rejected > 0 ? `, ${counted(rejected, "row")} would be rejected` : "";
      const asked = questions(draft);
      const doubt = asked > 0 ? `, ${counted(asked, "question")}` : "";
      return `  ${draft.table.padEnd(21)} ${from}: ${counted(read, "row")}${lost}${doubt}`;
    });
  return ["Source tables that can be filled:", ...lines].join("\n");
}

/** As the mapping marks them. */
function questions({ says, open, select }: ProposedMapping["proposal"]["drafts"][number]): number {
  const asked = says.filter((said) => said.includes("? ")).length;
  return asked + open.length + (select.match(/ -- .*\? /g)?.length ?? 0);
}

function left({ proposal, unread, failed }: ProposedMapping): string {
  const used = proposal.drafts
    .filter(({ table }) => !failed.has(table))
    .map(({ select }) => select)
    .join("\n");
  const idle = proposal.relations.filter(
    (relation) => !used.includes(relation.table) && !isToldOf(relation, proposal, failed),
  );
  const lines = [
    ...idle.map(
      ({ title, rows }) =>
        `  ${title}: ${rows === 0 ? "it has no rows" : "no source table is like it"}`,
    ),
    ...unread.map(({ file, why }) => `  ${file}: not read. ${why.split("\n")[0]}`),
    ...proposal.notes.map(({ relation, table, why }) => `  ${relation.title} as ${table}: ${why}`),
    ...[...failed].map(([table, why]) => `  ${table}: tried and left out. ${why.split("\n")[0]}`),
  ];
  return lines.length === 0 ? "" : ["Not used:", ...lines].join("\n");
}

function answers({ answered, byTable, waiting: waits }: Coverage): string {
  const all = answered.length + waits.reduce((sum, { metrics }) => sum + metrics.length, 0);
  const lines = [...byTable]
    .filter(([, metrics]) => metrics.length > 0)
    .map(([table, metrics]) => `  ${table.padEnd(21)} ${names(metrics)}`);
  const first = `With them ${answered.length} of ${all} metrics can be asked.`;
  return lines.length === 0 ? first : [`${first} By what they read:`, ...lines].join("\n");
}

const MOST_WAITING = 12;

function waiting({ waiting: waits }: Coverage): string {
  if (waits.length === 0) return "";
  const shown = waits
    .slice(0, MOST_WAITING)
    .map(({ lacks, metrics }) => `  + ${lacks.join(", ")}: ${names(metrics)}`);
  const more =
    waits.length > MOST_WAITING ? ["  ... kpi doctor lists the others, once data is in."] : [];
  return [
    "What more would answer, tables, or rows of tables that are there:",
    ...shown,
    ...more,
  ].join("\n");
}

function next({ completeThrough }: ProposedMapping, { mapping, dir, company }: Wrote): string {
  const ended =
    completeThrough === null
      ? []
      : [
          `The data end before ${completeThrough}: they are taken as complete to there, and what is later is unknown, not 0.`,
        ];
  const from = dir === null ? "" : ` --dir ${typed(dir)}`;
  return [
    ...ended,
    `Written: ${[mapping, ...(company === null ? [] : [company])].join(" and ")}. Read the mapping, above all the lines with a ?, then (where kpi is not installed it is npm run kpi --):`,
    `  kpi import --mapping ${typed(mapping)}${from}`,
    "  kpi refresh",
    "  kpi scorecard",
  ].join("\n");
}

/** As a shell takes it for one word. */
function typed(file: string): string {
  return /^[\p{L}\d./\\:~@%+=_-]+$/u.test(file) ? file : JSON.stringify(file);
}

const MOST_NAMES = 6;

function names(metrics: readonly { id: string }[]): string {
  const shown = metrics.slice(0, MOST_NAMES).map(({ id }) => id);
  return metrics.length > MOST_NAMES
    ? `${shown.join(", ")} and ${metrics.length - MOST_NAMES} more`
    : shown.join(", ");
}

function counted(count: number, thing: string): string {
  return `${count.toLocaleString("en-GB")} ${thing}${count === 1 ? "" : "s"}`;
}
