/** The small tables that others refer to, made of what those hold, where no file is one of them. */
import { constant } from "../sql-text.ts";
import { type Draft, readColumn } from "./draft.ts";
import type { TableMatch } from "./match-table.ts";
import type { rankTiers } from "./rank-tiers.ts";

const organicWords = ["organic", "direct", "referral", "referrals", "word", "community", "seo"];

const made = (table: string, select: string, says: string[]): Draft => ({
  table,
  relation: null,
  says,
  mode: "upsert",
  select,
  leftOut: [],
  open: [],
  used: new Set(),
});

export function draftTiers({ tiers, byWords }: ReturnType<typeof rankTiers>): Draft {
  const rows = tiers.map(({ tier, isPaid }, nth) => `(${constant(tier)}, ${nth + 1}, ${isPaid})`);
  return made(
    "tiers",
    `SELECT * FROM (VALUES\n  ${rows.join(",\n  ")}\n) AS t(tier, tier_rank, is_paid)`,
    [
      `The plans of the subscriptions, ${byWords ? "in the usual order of their names" : "? in the order of the alphabet: write the order from the lowest to the highest"}.`,
    ],
  );
}

/** Nothing tells core features from others: then any use counts as getting value. */
export function draftFeatures(usage: TableMatch): Draft {
  const { relation, columns } = usage;
  const [feature, day] = [columns.get("feature_id"), columns.get("usage_date")];
  if (day === undefined) throw new Error("usage without a day");
  // Files hold texts, which an import reads; of a database it is a day or an instant.
  const first = `min(${readColumn(day, relation)})${relation.hasLines ? "" : "::date"}`;
  const as = "AS feature_id, 'core' AS category, true AS is_core";
  const select =
    feature === undefined
      ? `SELECT 'product' ${as}, coalesce(${first}, '2000-01-01') AS ga_on\nFROM ${relation.table} t`
      : `SELECT ${readColumn(feature, relation)} ${as},\n  ${first} AS ga_on\nFROM ${relation.table} t GROUP BY 1`;
  return made("features", select, [
    `What ${relation.title} says was used, and since when.`,
    "? Which are core: nothing tells, so that any use counts as getting value.",
  ]);
}

/** `matches` have a channel, or a source that stands in for it. */
export function draftChannels(matches: readonly TableMatch[]): Draft {
  const named = matches.flatMap(({ columns }) => {
    const found = columns.get("channel") ?? columns.get("source");
    return found ? found.from.values : [];
  });
  const values = [...new Set([...named, "unknown"])].sort();
  const rows = values.map((value) => {
    const words = value.toLowerCase().split(/[^a-z]+/);
    return `(${constant(value)}, ${words.some((word) => organicWords.includes(word))})`;
  });
  return made(
    "channels",
    `SELECT * FROM (VALUES\n  ${rows.join(",\n  ")}\n) AS c(channel, is_organic)`,
    ["The channels that the files name. ? Which are organic: by their names."],
  );
}

export function draftNoCampaign(): Draft {
  return made("campaigns", "SELECT 'none' AS campaign_id, 'other' AS kind, 'unknown' AS channel", [
    'No file names campaigns; the row for "none" must exist.',
  ]);
}

export function draftNoModel(): Draft {
  return made(
    "models",
    "SELECT 'none' AS model_id, 0 AS capability_rank, 'standard' AS margin_class, '2000-01-01' AS available_from",
    ['No file names models; the row for "none" must exist.'],
  );
}

/** The tiers' column of a file of subscriptions, as text; its values are the tiers. */
export function plansOf({ columns }: TableMatch): readonly string[] {
  return columns.get("tier")?.from.values ?? [];
}
