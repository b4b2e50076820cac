/** How a file's rows find their account where they do not name it: through a row of another file. */
import type { Sql } from "../../db/index.ts";
import { fileColumn } from "./draft.ts";
import { foldName } from "./fold-name.ts";
import type { TableMatch } from "./match-table.ts";
import { containment, isKey, type Relation } from "./profile.ts";

export interface AccountLink {
  /** SQL of the account, and the join that gives it. */
  sql: string;
  join: string;
  /** The file's column that leads there. */
  by: string;
  why: string;
  says: string;
}

/** Of a hundred values all but one must be rows of the other file. */
const NEARLY_ALL = 0.99;

/**
 * Through a file that names accounts, by a column that both have under one name, whose values are
 * that file's key. Null where there is none.
 */
export async function findAccountLink(
  sql: Sql,
  relation: Relation,
  others: readonly TableMatch[],
): Promise<AccountLink | null> {
  for (const { relation: other, columns } of others) {
    const account = columns.get("account_id");
    if (other.table === relation.table || account === undefined) continue;
    for (const { name } of relation.columns) {
      const parent = other.columns.find((column) => namesRow(column.name, other, name));
      if (parent === undefined || parent.name === account.from.name) continue;
      const key = fileColumn(parent.name).replace("t.", "p.");
      if (!(await isKey(sql, `${other.table} p`, [key]))) continue;
      const { values, found } = await containment(
        sql,
        { table: relation.table, column: name },
        { table: other.table, column: parent.name },
      );
      if (values === 0 || found < values * NEARLY_ALL) continue;
      const owner = fileColumn(account.from.name).replace("t.", "p.");
      return {
        sql: owner,
        join: `JOIN ${other.table} p ON ${key} = ${fileColumn(name)}`,
        by: name,
        why: `that of its ${name} in ${other.title}`,
        says: `It names no account: ${found} of ${values} values of ${name} are rows of ${other.title}, which do.`,
      };
    }
  }
  return null;
}

/** `subscription_id` names a row of subscriptions, where that has it under this name or as its id. */
function namesRow(column: string, { name: file }: Relation, by: string): boolean {
  const folded = foldName(by);
  if (!/ id$/.test(folded)) return false;
  const noun = folded.replace(/ id$/, "");
  return (
    foldName(column) === folded || (foldName(column) === "id" && foldName(file).startsWith(noun))
  );
}
