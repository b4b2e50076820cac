/** Which file becomes which source table: at most one each, and only where its columns are there. */
import type { Sql } from "../../db/index.ts";
import type { TableShape } from "../table-shape.ts";
import { type AccountLink, findAccountLink } from "./account-link.ts";
import { neededColumns } from "./draft.ts";
import { foldNoun } from "./fold-name.ts";
import { matchTable, type TableMatch } from "./match-table.ts";
import type { Relation } from "./profile.ts";
import type { TableWords } from "./table-words.ts";
import { sourceWords } from "./words.ts";

export interface ChosenTable {
  match: TableMatch;
  /** Null: the file names its accounts, or the table has none. */
  link: AccountLink | null;
}

export interface Choice {
  chosen: readonly ChosenTable[];
  /** A file that is called like a table and cannot be it: what it lacks. */
  lacking: readonly { match: TableMatch; missing: readonly string[] }[];
}

export async function chooseTables(
  sql: Sql,
  relations: readonly Relation[],
  shapes: ReadonlyMap<string, TableShape>,
): Promise<Choice> {
  const chosen: ChosenTable[] = [];
  const lacking: Choice["lacking"][number][] = [];
  const matched = [...shapes.values()].map((shape) => candidates(relations, shape));
  const all = matched.flat();
  for (const matches of matched) {
    for (const match of matches) {
      const link = await linkOf(sql, match, all);
      const missing = neededColumns(match).filter(
        (name) => !match.columns.has(name) && !(name === "account_id" && link !== null),
      );
      if (missing.length > 0) {
        if (match.isCalled) lacking.push({ match, missing });
        continue;
      }
      chosen.push({ match, link });
      break;
    }
  }
  return { chosen, lacking };
}

/** The best first: called like the table, then with the most of its columns. */
function candidates(relations: readonly Relation[], shape: TableShape): TableMatch[] {
  const words = sourceWords[shape.table];
  if (words === undefined) return [];
  return relations
    .filter(({ rows }) => rows > 0)
    .map((relation) => matchTable(relation, shape, words))
    .filter((match) => match.isCalled || mayHold(match, words))
    .sort((a, b) => Number(b.isCalled) - Number(a.isCalled) || b.columns.size - a.columns.size);
}

/** A file called otherwise: one of a table that may hold this too, or of no name with its very columns. */
function mayHold(match: TableMatch, { within = [] }: TableWords): boolean {
  const noun = foldNoun(match.relation.name);
  const calledLike = Object.entries(sourceWords)
    .filter(([table, { called }]) => called.includes(noun) || foldNoun(table) === noun)
    .map(([table]) => table);
  if (calledLike.some((table) => within.includes(table))) return true;
  if (calledLike.length > 0) return false;
  const exact = match.shape.columns.filter(
    ({ required, name }) => required || match.shape.key.includes(name),
  );
  return exact.length > 1 && exact.every(({ name }) => match.columns.get(name)?.confidence === 1);
}

async function linkOf(
  sql: Sql,
  match: TableMatch,
  others: readonly TableMatch[],
): Promise<AccountLink | null> {
  const namesAccounts = match.shape.columns.some(({ name }) => name === "account_id");
  if (!namesAccounts || match.columns.has("account_id") || match.shape.table === "accounts")
    return null;
  return findAccountLink(sql, match.relation, others);
}
