/** What a subscription's line says of its state, its amount by the month, and its plan. */
import { constant } from "../sql-text.ts";
import { fileColumn, fileText, readColumn } from "./draft.ts";
import { foldName } from "./fold-name.ts";
import type { TableMatch } from "./match-table.ts";
import type { ColumnProfile } from "./profile.ts";
import { unpaidState } from "./rank-tiers.ts";

/** SQL over `t`, and why. */
export interface Term {
  sql: string;
  why: string;
}

/** What billing systems call the four states. */
const states: Readonly<Record<string, readonly string[]>> = {
  paid: [
    "paid",
    "active",
    "past_due",
    "past due",
    "non_renewing",
    "canceled",
    "cancelled",
    "ended",
    "expired",
    "churned",
  ],
  trial: ["trial", "trialing", "trialling", "in_trial"],
  free: ["free", "freemium"],
  paused: ["paused", "on_hold", "suspended"],
};
const over = ["canceled", "cancelled", "ended", "expired", "churned"];
const neverBegan = ["incomplete", "incomplete_expired", "pending", "draft", "future"];
const yearly = ["year", "yearly", "annual", "annually"];
const monthly = ["month", "monthly"];

export function stateOf(match: TableMatch): Term {
  const status = match.columns.get("status");
  const told = status
    ? stateByWord(match, status.from)
    : { sql: "'paid'", why: "? no column says it" };
  const before = [...trialFlag(match), ...unpaidPlans(match)];
  if (before.length === 0) return told;
  const cases = before.map(({ when, state }) => `WHEN ${when} THEN ${constant(state)}`);
  const ways = before.map(({ why }) => why).join(", ");
  return {
    sql: `CASE ${cases.join(" ")} ELSE ${told.sql} END`,
    why: `${ways}${status ? `, else ${told.why}` : `; ${told.why}`}`,
  };
}

interface Case {
  when: string;
  state: string;
  why: string;
}

function trialFlag(match: TableMatch): Case[] {
  const trial = flag(match, "trial");
  if (trial === null) return [];
  const when = `lower(${fileText(trial.name, match.relation)}) IN ('true', 't', 'yes', 'y', '1')`;
  return [{ when, state: "trial", why: `trial where ${JSON.stringify(trial.name)} says so` }];
}

/** Billing systems call the line of a free plan active as well, and nobody pays for it. */
function unpaidPlans({ columns, relation }: TableMatch): Case[] {
  const plan = columns.get("tier")?.from;
  if (plan === undefined) return [];
  return (["free", "trial"] as const).flatMap((state) => {
    const plans = plan.values.filter((value) => unpaidState(value) === state);
    if (plans.length === 0) return [];
    const names = [...new Set(plans.map((name) => name.toLowerCase()))].map(constant).join(", ");
    const when = `lower(${fileText(plan.name, relation)}) IN (${names})`;
    return [{ when, state, why: `${state} where ${JSON.stringify(plan.name)} says so` }];
  });
}

/** Words that are none of a state stay: the import then rejects their rows and names them. */
function stateByWord({ relation }: TableMatch, { name, values }: ColumnProfile): Term {
  const word = `lower(${fileText(name, relation)})`;
  const cases = Object.entries(states).flatMap(([state, words]) => {
    const there = words.filter((one) => values.some((value) => value.toLowerCase() === one));
    return there.length === 0
      ? []
      : [`WHEN ${word} IN (${there.map(constant).join(", ")}) THEN ${constant(state)}`];
  });
  const known = Object.values(states).flat().concat(neverBegan);
  const strange = values.filter((value) => !known.includes(value.toLowerCase()));
  const why = `by the name ${JSON.stringify(name)}${strange.length > 0 ? `; ? what ${strange.join(", ")} means` : ""}`;
  return { sql: cases.length === 0 ? word : `CASE ${cases.join(" ")} ELSE ${word} END`, why };
}

/** Lines that never were a subscription, and those of which nobody knows when they ended. */
export function leftOutLines(match: TableMatch): { why: string; where: string }[] {
  const status = match.columns.get("status");
  if (status === undefined) return [];
  const ends = match.columns.get("valid_to");
  const word = `lower(${fileText(status.from.name, match.relation)})`;
  const among = (words: readonly string[]): string[] =>
    status.from.values.map((value) => value.toLowerCase()).filter((value) => words.includes(value));
  const [unborn, ended] = [among(neverBegan), among(over)];
  const list = (words: readonly string[]): string => [...new Set(words)].map(constant).join(", ");
  return [
    ...(unborn.length > 0
      ? [{ why: "the subscription never began", where: `${word} IN (${list(unborn)})` }]
      : []),
    ...(ended.length > 0
      ? [
          {
            why: "the subscription is over, and nothing says when it ended",
            where: `${word} IN (${list(ended)}) AND ${ends ? `${fileColumn(ends.from.name)} IS NULL` : "true"}`,
          },
        ]
      : []),
  ];
}

/** The contracted amount by the month. */
export function mrrOf(match: TableMatch): Term {
  const amount = match.columns.get("mrr");
  if (amount === undefined) return { sql: "0", why: "? no column says what it pays by the month" };
  const read = readColumn(amount, match.relation);
  const by = `by the name ${JSON.stringify(amount.from.name)}`;
  const folded = foldName(amount.from.name);
  if (/^(arr|annual|yearly)\b/.test(folded))
    return { sql: `round((${read})::numeric / 12, 2)`, why: `${by}, a twelfth of the year's` };
  if (/mrr|month/.test(folded)) return { sql: read, why: `${by}, which is by the month` };
  const every = interval(match);
  if (every === null) return { sql: read, why: `${by}; ? is it by the month` };
  const isYearly = `lower(${fileText(every.name, match.relation)}) IN (${yearly.map(constant).join(", ")})`;
  return {
    sql: `CASE WHEN ${isYearly} THEN round((${read})::numeric / 12, 2) ELSE (${read})::numeric END`,
    why: `${by}, by the month as ${JSON.stringify(every.name)} has it${quantityDoubt(match)}`,
  };
}

function quantityDoubt({ relation }: TableMatch): string {
  const quantity = relation.columns.find(
    ({ name, values }) => foldName(name) === "quantity" && values.some((value) => value !== "1"),
  );
  return quantity ? `; ? is it for one of ${JSON.stringify(quantity.name)}, or for all` : "";
}

/** The column that says how often is billed, where every value of it is a month or a year. */
function interval({ relation }: TableMatch): ColumnProfile | null {
  const found = relation.columns.find(
    ({ name, values }) =>
      /\b(interval|frequency|period|cycle)\b/.test(foldName(name)) &&
      values.length > 0 &&
      values.every((value) => [...yearly, ...monthly].includes(value.toLowerCase())),
  );
  return found ?? null;
}

function flag({ relation }: TableMatch, word: string): ColumnProfile | null {
  const found = relation.columns.find(
    ({ name, forms, filled }) =>
      [word, `is ${word}`].includes(foldName(name)) && filled > 0 && forms.truth === filled,
  );
  return found ?? null;
}
