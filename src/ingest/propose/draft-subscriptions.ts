/**
 * The proposed SELECT of subscription_periods. Where an account has one line at a time each line is a
 * period. Where lines overlap, one at a time must be the primary one, which carries the tier.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { constant } from "../sql-text.ts";
import { type Draft, fileColumn, fileText, readColumn, reasonOf, writeSelect } from "./draft.ts";
import type { MatchedColumn, TableMatch } from "./match-table.ts";
import type { RankedTier } from "./rank-tiers.ts";
import { leftOutLines, mrrOf, stateOf, type Term } from "./subscription-terms.ts";

interface Terms {
  account: Term;
  line: Term;
  starts: Term;
  ends: Term;
  tier: Term;
  state: Term;
  mrr: Term;
}

/** `tiers` in their order, the lowest first. */
export async function draftSubscriptions(
  sql: Sql,
  match: TableMatch,
  tiers: readonly RankedTier[],
): Promise<Draft | null> {
  const { relation } = match;
  const inclusive = await lastsItsLastDay(sql, match);
  const terms = termsOf(match, inclusive);
  if (terms === null) return null;
  const leftOut = leftOutLines(match);
  const where =
    leftOut.length === 0
      ? ""
      : `\nWHERE ${leftOut.map(({ where: out }) => `NOT coalesce(${out}, false)`).join(" AND ")}`;
  const overlap = await overlaps(
    sql,
    `SELECT ${terms.account.sql} AS account_id, (${terms.starts.sql})::timestamptz AS starts, (${terms.ends.sql})::timestamptz AS ends FROM ${relation.table} t${where}`,
  );
  const used = new Set([...match.columns.values()].map(({ from }) => from.name));
  const says = [
    `${relation.title} is called like subscriptions.`,
    ...(inclusive
      ? [
          "Some lines end on the day they begin: so an end is the last day, and the period reaches to the next.",
        ]
      : []),
    ...(overlap
      ? [
          "Lines of one account overlap: its time is cut where one begins or ends, and in each piece the line of the paid, then highest, then newest plan is primary.",
        ]
      : []),
  ];
  return {
    table: "subscription_periods",
    relation,
    says,
    mode: overlap ? "replace" : "upsert",
    select: overlap ? cutSelect(match, terms, where, tiers) : plainSelect(match, terms, where),
    leftOut: leftOut.map(({ why, where: out }) => ({ why, where: out })),
    open: match.refused,
    used,
  };
}

function termsOf(match: TableMatch, inclusive: boolean): Terms | null {
  const { columns, relation } = match;
  const [account, starts, tier] = ["account_id", "valid_from", "tier"].map((name) =>
    columns.get(name),
  );
  if (!account || !starts || !tier) return null;
  const term = (found: MatchedColumn): Term => ({
    sql: readColumn(found, relation),
    why: reasonOf(found),
  });
  const [line, ends] = [columns.get("line_id"), columns.get("valid_to")];
  return {
    account: term(account),
    line: line ? term(line) : { sql: "'plan'", why: "? no column names the line" },
    starts: term(starts),
    ends: ends
      ? endOf(term(ends), inclusive)
      : { sql: "NULL", why: "? no column says when it ends" },
    tier: {
      sql: `lower(${fileText(tier.from.name, relation)})`,
      why: [reasonOf(tier), "in small letters"].filter(Boolean).join(", "),
    },
    state: stateOf(match),
    mrr: mrrOf(match),
  };
}

function endOf({ sql, why }: Term, inclusive: boolean): Term {
  return inclusive
    ? { sql: `(${sql})::date + 1`, why: [why, "the day after"].filter(Boolean).join(", ") }
    : { sql, why };
}

function plainSelect(match: TableMatch, terms: Terms, where: string): string {
  const line = match.relation.hasLines ? [{ name: "_line", sql: "t._line", why: "" }] : [];
  return writeSelect(
    [
      ...line,
      { name: "account_id", ...terms.account },
      { name: "line_id", ...terms.line },
      { name: "valid_from", ...terms.starts },
      { name: "valid_to", ...terms.ends },
      { name: "is_primary", sql: "true", why: "an account has one line at a time" },
      { name: "tier", ...terms.tier },
      { name: "status", ...terms.state },
      { name: "mrr", ...terms.mrr },
    ],
    [`FROM ${match.relation.table} t${where}`],
  );
}

/** As examples/ravenstack does by hand, and says why. */
function cutSelect(
  match: TableMatch,
  terms: Terms,
  where: string,
  tiers: readonly RankedTier[],
): string {
  const { relation } = match;
  const rank = `array_position(ARRAY[${tiers.map(({ tier }) => constant(tier)).join(", ")}], tier)`;
  const lines = relation.hasLines
    ? { one: "t._line, ", all: "min(_line) AS _line, " }
    : { one: "", all: "" };
  const type = /::date \+ 1$/.test(terms.ends.sql) ? "date" : "timestamptz";
  return `WITH line AS (
  ${writeSelect(
    [
      { name: "account_id", sql: `${lines.one}${terms.account.sql}`, why: terms.account.why },
      { name: "line_id", ...terms.line },
      { name: "starts", sql: `(${terms.starts.sql})::${type}`, why: terms.starts.why },
      { name: "ends", sql: `(${terms.ends.sql})::${type}`, why: terms.ends.why },
      { name: "tier", ...terms.tier },
      { name: "status", ...terms.state },
      { name: "mrr", ...terms.mrr },
    ],
    [`FROM ${relation.table} t${where}`],
  ).replaceAll("\n", "\n  ")}),
cut AS (SELECT account_id, starts AS at FROM line UNION SELECT account_id, ends FROM line WHERE ends IS NOT NULL),
span AS (SELECT account_id, at AS lo, lead(at) OVER (PARTITION BY account_id ORDER BY at) AS hi FROM cut),
piece AS (
  SELECT l.*, s.lo, s.hi,
    row_number() OVER (PARTITION BY account_id, s.lo
      ORDER BY status <> 'paid', ${rank} DESC NULLS LAST, starts DESC, line_id) = 1 AS is_primary
  FROM line l JOIN span s USING (account_id)
  WHERE s.lo >= l.starts AND (l.ends IS NULL OR s.lo < l.ends)),
run AS (
  SELECT *, row_number() OVER (PARTITION BY account_id, line_id ORDER BY lo)
          - row_number() OVER (PARTITION BY account_id, line_id, is_primary ORDER BY lo) AS nth
  FROM piece)
SELECT ${lines.all}account_id, line_id, min(lo) AS valid_from,
  CASE WHEN bool_and(hi IS NOT NULL) THEN max(hi) END AS valid_to,
  is_primary, min(tier) AS tier, min(status) AS status, min(mrr) AS mrr
FROM run GROUP BY account_id, line_id, is_primary, nth`;
}

/** Whether ends are last days: a line of one day would else never have been. */
async function lastsItsLastDay(sql: Sql, { relation, columns }: TableMatch): Promise<boolean> {
  const [starts, ends] = [columns.get("valid_from"), columns.get("valid_to")];
  if (!starts || !ends || ends.form?.name !== "day") return false;
  return asked(
    sql,
    `SELECT FROM ${relation.table} t WHERE ${fileColumn(starts.from.name)} = ${fileColumn(ends.from.name)}`,
  );
}

/** Whether an account has two lines at one moment. */
function overlaps(sql: Sql, lines: string): Promise<boolean> {
  return asked(
    sql,
    `SELECT FROM (
      SELECT starts, max(coalesce(ends, 'infinity')) OVER (PARTITION BY account_id ORDER BY starts
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM (${lines}) l) q WHERE before > starts`,
  );
}

async function asked(sql: Sql, select: string): Promise<boolean> {
  const [row] = await sql.rows(z.object({ is: z.boolean() }), `SELECT EXISTS (${select}) AS is`);
  return row?.is === true;
}
