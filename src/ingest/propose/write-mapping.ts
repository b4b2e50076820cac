/** A proposal as the text of a mapping file, with the reason of each guess and what stayed open. */

import { type Draft, oneLine } from "./draft.ts";
import { foldName } from "./fold-name.ts";
import type { Relation } from "./profile.ts";
import { isToldOf, type Proposal } from "./propose-tables.ts";

export interface WrittenFor {
  /** The command that wrote it. */
  command: string;
  /** Files that could not be read, each with the reason. */
  unread: readonly { file: string; why: string }[];
  /** Tables whose SELECT the rehearsal refused, with what the database said. */
  failed: ReadonlyMap<string, string>;
  /** The day after the newest row of an export that has ended; null: it is of now. */
  completeThrough: string | null;
}

export function writeMapping(proposal: Proposal, about: WrittenFor): string {
  const good = proposal.drafts.filter(({ table }) => !about.failed.has(table));
  const over = proposal.relations[0]?.over ?? "raw";
  return [
    ...heading(about),
    "",
    ...(over === "raw"
      ? filesOf(proposal, good, about)
      : [`over: ${over}`, ...idleTables(proposal, good, about)]),
    "",
    good.length === 0 ? "tables: {}" : "tables:",
    ...good.flatMap((draft) => ["", ...entryOf(draft, over, about)]),
    ...leftOver(proposal, about),
    "",
  ].join("\n");
}

function heading({ command }: WrittenFor): string[] {
  return [
    `# Proposed by ${oneLine(command)}. Read it before you rely on it: every line says why it is as it is,`,
    "# and what begins with ? is a question that the data did not answer. docs/importing.md has the keys.",
  ];
}

function filesOf(proposal: Proposal, drafts: readonly Draft[], about: WrittenFor): string[] {
  const { relations } = proposal;
  const used = relations.filter(({ name }) => drafts.some((draft) => reads(draft, name)));
  const lines = used.flatMap((relation) => fileLines(relation, drafts));
  const idle = relations.filter((relation) => !used.includes(relation));
  return [
    ...(used.length === 0 ? ["files: {}"] : ["files:", ...lines]),
    ...idle.map(
      (relation) =>
        `  # ? ${relation.name}: ${quoted(relation.title)}  (${whyIdle(relation, proposal, about)})`,
    ),
    ...about.unread.map(({ file, why }) => `  # ? ${quoted(file)} was not read: ${oneLine(why)}`),
  ];
}

function whyIdle(relation: Relation, proposal: Proposal, { failed }: WrittenFor): string {
  if (isToldOf(relation, proposal, failed)) return "why is told at the end";
  return relation.rows === 0 ? "no rows" : "no source table is like it";
}

function reads({ select }: Draft, name: string): boolean {
  return new RegExp(`\\braw\\.${name}\\b`).test(select);
}

function fileLines({ name, title }: Relation, drafts: readonly Draft[]): string[] {
  const own = drafts.filter((draft) => draft.relation?.name === name);
  const leftOut = own.length === 1 ? (own[0]?.leftOut ?? []) : [];
  if (leftOut.length === 0) return [`  ${name}: ${quoted(title)}`];
  return [
    `  ${name}:`,
    `    file: ${quoted(title)}`,
    "    left_out:",
    ...leftOut.flatMap(({ why, where }) => [
      `      - why: ${quoted(why)}`,
      "        sql: |",
      `          SELECT t._line FROM raw.${name} t WHERE ${where}`,
    ]),
  ];
}

/** Others refer to their rows by key, which those of no view can hold. */
const referredTo = ["tiers", "channels", "campaigns", "features"];

function entryOf(draft: Draft, over: Relation["over"], { completeThrough }: WrittenFor): string[] {
  const { table, relation, mode, select, says, open } = draft;
  const idle = relation ? idleColumns(draft, relation) : [];
  const isView = over === "view" && relation !== null && !referredTo.includes(table);
  return [
    `  ${table}:`,
    ...says.map((said) => `    # ${oneLine(said)}`),
    ...open.map((said) => `    # ? empty: ${oneLine(said)}`),
    ...(idle.length > 0 ? [`    # not used: ${idle.join(", ")}`] : []),
    ...(relation?.hasLines ? [`    from: ${relation.name}`] : []),
    ...(over === "view" && !isView
      ? [
          "    # A table that others refer to, or of constants: loaded at each import.",
          "    over: raw",
        ]
      : []),
    ...(mode === "replace" && !isView ? ["    mode: replace"] : []),
    ...throughOf(isView, relation === null ? null : completeThrough),
    "    sql: |",
    ...select.split("\n").map((line) => `      ${line}`.trimEnd()),
  ];
}

/** A view follows the clock; of rows that ended long ago that is a question. */
function throughOf(isView: boolean, completeThrough: string | null): string[] {
  if (completeThrough === null) return [];
  if (!isView) return [`    complete_through: ${completeThrough}`];
  return [`    # ? the data end before ${completeThrough}: later weeks would count as 0`];
}

function idleTables(proposal: Proposal, drafts: readonly Draft[], about: WrittenFor): string[] {
  const idle = proposal.relations.filter(
    ({ table }) => !drafts.some(({ select }) => select.includes(`${table} `)),
  );
  return idle.map(
    (relation) => `# ? ${oneLine(relation.title)}: ${whyIdle(relation, proposal, about)}`,
  );
}

function idleColumns({ select, used }: Draft, { columns }: Relation): string[] {
  return columns
    .map(({ name }) => name)
    .filter(
      (name) =>
        !used.has(name) &&
        !select.includes(`"${name}"`) &&
        !new RegExp(`\\bt\\.${name.replaceAll(/[^\w]/g, ".")}\\b`).test(select),
    )
    .map((name) => oneLine(foldName(name) === "" ? "?" : name));
}

function leftOver({ notes, drafts }: Proposal, { failed }: WrittenFor): string[] {
  const told = [
    ...notes.map(
      ({ relation, table, why }) =>
        `${relation.title} looks like ${table}, and is not proposed: ${why}`,
    ),
    ...drafts
      .filter(({ table }) => failed.has(table))
      .map(({ table }) => `${table} was tried and left out: ${failed.get(table) ?? ""}`),
  ];
  return told.length === 0 ? [] : ["", ...told.map((said) => `# ? ${oneLine(said)}`)];
}

function quoted(text: string): string {
  return /^[\w. -]+$/.test(text) && !/^[\s-]|\s$/.test(text) ? text : JSON.stringify(text);
}
