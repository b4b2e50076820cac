/** All that is proposed of somebody's files or tables, as data. */
import type { Sql } from "../../db/index.ts";
import type { TableShape } from "../table-shape.ts";
import { type Choice, type ChosenTable, chooseTables } from "./choose-tables.ts";
import { type Draft, fileColumn, readColumn } from "./draft.ts";
import {
  draftChannels,
  draftFeatures,
  draftNoCampaign,
  draftNoModel,
  draftTiers,
  plansOf,
} from "./draft-references.ts";
import { draftSubscriptions } from "./draft-subscriptions.ts";
import { type AddedColumn, draftTable } from "./draft-table.ts";
import type { TableMatch } from "./match-table.ts";
import type { Relation } from "./profile.ts";
import { rankTiers } from "./rank-tiers.ts";
import { stateOf } from "./subscription-terms.ts";

export interface Proposal {
  drafts: readonly Draft[];
  relations: readonly Relation[];
  /** Files that look like a table and are not proposed as it, each with the reason. */
  notes: readonly { relation: Relation; table: string; why: string }[];
}

/** Whether something is told of a file already: that it looks like a table, and why it is not proposed as it. */
export function isToldOf(
  relation: Relation,
  { drafts, notes }: Proposal,
  failed: ReadonlyMap<string, string>,
): boolean {
  return (
    notes.some((note) => note.relation.name === relation.name) ||
    drafts.some((draft) => draft.relation?.name === relation.name && failed.has(draft.table))
  );
}

export async function proposeTables(
  sql: Sql,
  relations: readonly Relation[],
  shapes: ReadonlyMap<string, TableShape>,
): Promise<Proposal> {
  const choice = await chooseTables(sql, relations, shapes);
  const notes = choice.lacking.map(({ match, missing }) => ({
    ...placeOf(match),
    why: lackWords(match, missing),
  }));
  const drafts: Draft[] = [];
  for (const chosen of choice.chosen) {
    const draft = await draftOf(sql, chosen, choice.chosen);
    if (draft !== null) drafts.push(draft);
    else notes.push({ ...placeOf(chosen.match), why: "no column of few values names the plan" });
  }
  const kept = choice.chosen.filter(({ match }) =>
    drafts.some(({ table }) => table === match.shape.table),
  );
  return { drafts: [...references(kept), ...drafts], relations, notes };
}

function placeOf({ relation, shape }: TableMatch) {
  return { relation, table: shape.table };
}

function lackWords({ refused }: TableMatch, missing: readonly string[]): string {
  const saidOf = (name: string) => refused.find((said) => said.startsWith(`${name}:`));
  const told = missing.flatMap((name) => saidOf(name) ?? []);
  const silent = missing.filter((name) => saidOf(name) === undefined);
  return [...(silent.length > 0 ? [`no column is ${either(silent)}`] : []), ...told].join("; ");
}

/** `a, b or c`. */
function either(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}

function draftOf(
  sql: Sql,
  { match, link }: ChosenTable,
  all: Choice["chosen"],
): Promise<Draft | null> {
  // A file with is_primary is ours already: it maps to itself.
  const isTheirs = match.shape.table === "subscription_periods" && !match.columns.has("is_primary");
  if (!isTheirs) return draftTable(sql, match, link, firstPaid(match, all));
  const { tiers } = rankTiers(plansOf(match));
  return tiers.length === 0 ? Promise.resolve(null) : draftSubscriptions(sql, match, tiers);
}

/** Those that others need and no file is. */
function references(chosen: Choice["chosen"]): Draft[] {
  const matchOf = (table: string) => chosen.find(({ match }) => match.shape.table === table)?.match;
  const [plans, usage] = [matchOf("subscription_periods"), matchOf("usage_daily")];
  const has = (table: string): boolean => matchOf(table) !== undefined;
  const withChannels = ["accounts", "leads", "marketing_daily"].flatMap(
    (table) => matchOf(table) ?? [],
  );
  return [
    ...(plans && !has("tiers") ? [draftTiers(rankTiers(plansOf(plans)))] : []),
    ...(withChannels.length > 0 && !has("channels") ? [draftChannels(withChannels)] : []),
    ...(withChannels.length > 0 && !has("campaigns") && !has("channels")
      ? [draftNoCampaign()]
      : []),
    ...(usage && !has("models") ? [draftNoModel()] : []),
    ...(usage && !has("features") ? [draftFeatures(usage)] : []),
  ];
}

/** Where no column says when an account first paid, its first subscription that is paid does. */
function firstPaid({ shape, columns }: TableMatch, all: Choice["chosen"]): AddedColumn | null {
  const plans = all.find(({ match }) => match.shape.table === "subscription_periods")?.match;
  const [starts, owner] = [plans?.columns.get("valid_from"), plans?.columns.get("account_id")];
  const key = columns.get("account_id");
  if (shape.table !== "accounts" || columns.has("first_paid_at")) return null;
  if (!plans || !starts || !owner || !key) return null;
  const state = stateOf(plans).sql;
  const join = `LEFT JOIN (
  SELECT ${fileColumn(owner.from.name)} AS account, min(${readColumn(starts, plans.relation)}) AS at
  FROM ${plans.relation.table} t${state === "'paid'" ? "" : ` WHERE ${state} = 'paid'`} GROUP BY 1
) paid ON paid.account = ${fileColumn(key.from.name)}`;
  const why = "? the start of its first paid subscription";
  return { name: "first_paid_at", sql: "paid.at", why, join };
}
