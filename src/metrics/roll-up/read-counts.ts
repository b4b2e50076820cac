/** Reads how many accounts stand behind windows, where that is kept. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { NO_SEGMENT, type WeekStart } from "../answer.ts";
import { type Binder, newBinder } from "../query/binder.ts";
import type { Counted } from "../screen/count-accounts.ts";
import type { AccountProfile, AccountTable, Labels } from "../screen/discretion.ts";
import { type CountPlan, countedDimensions, FULL, planCounts } from "./cell-key.ts";

const entryRow = z.object({
  week: z.string(),
  profile: z.number().nullable(),
  labels: z.array(z.string()),
  accounts: z.coerce.number().nullable(),
});

/** The tables of those weeks whose counts stand; the others have to be counted from the facts. */
export async function readCounts(
  sql: Sql,
  counted: Counted,
): Promise<Map<WeekStart, AccountTable>> {
  const { metric, weeks, width, dimensions, grain } = counted;
  const plan = planCounts(metric, width, dimensions, grain);
  if (plan === null || weeks.length === 0) return new Map();
  const binder = newBinder();
  const rows = await sql.rows(entryRow, entriesSql(counted, plan, binder), binder.values);
  const tables = new Map<WeekStart, AccountProfile[]>();
  for (const [week, entries] of Map.groupBy(rows, (row) => row.week))
    tables.set(week, profilesOf(entries, dimensions));
  return tables;
}

/** A row a profile and label; of a week without accounts one of no accounts, which says that it is counted. */
function entriesSql(
  { metric, weeks, dimensions, grain }: Counted,
  { set, width }: CountPlan,
  binder: Binder,
): string {
  const columns = dimensions.map((name) => {
    const column = countedDimensions(metric, set).indexOf(name) + 1;
    return set === FULL ? `c.codes[:][${column}:${column}]` : "c.codes";
  });
  const codes = dimensions.map((_, i) => `v.k${i}`);
  const labels = dimensions.map(
    (name, i) =>
      `coalesce((SELECT k.label FROM dimension_code k WHERE k.dimension = ${binder.bind(name, "text")} AND k.code = e.k${i}), '${NO_SEGMENT}')`,
  );
  return `SELECT e.week, e.profile, ARRAY[${labels.join(", ")}]::text[] AS labels, e.accounts
     FROM (
       SELECT ${["c.period::text AS week", "v.profile", ...codes, "sum(v.accounts)"].join(", ")} AS accounts
       FROM account_count c
       LEFT JOIN LATERAL unnest(${["c.profile", "c.accounts", ...columns].join(", ")})
         AS v(${["profile", "accounts", ...dimensions.map((_, i) => `k${i}`)].join(", ")}) ON true
       WHERE c.metric = ${binder.bind(metric.cells.metric, "text")}
         AND c.version = ${binder.bind(metric.cells.version, "text")}
         AND c.grain = ${binder.bind(grain?.unit ?? "week", "text")} AND c.window_weeks = ${binder.bind(width, "smallint")}
         AND c.dimension_set = ${binder.bind(set, "text")}
         AND c.period = ANY (${binder.bind(weeks, "date[]")})
       GROUP BY ${["c.period", "v.profile", ...codes].join(", ")}) e`;
}

type Entry = z.infer<typeof entryRow>;

/** Entries of one number are one profile; one without a number is a profile by itself. */
function profilesOf(entries: readonly Entry[], dimensions: readonly string[]): AccountProfile[] {
  const labelsOf = ({ labels }: Entry): Labels =>
    Object.fromEntries(dimensions.map((name, i) => [name, labels[i] ?? ""]));
  const profiles = new Map<number | Entry, { accounts: number; labels: Labels[] }>();
  for (const entry of entries) {
    const { accounts, profile } = entry;
    if (accounts === null) continue;
    const key = profile ?? entry;
    const known = profiles.get(key) ?? { accounts, labels: [] };
    known.labels.push(labelsOf(entry));
    profiles.set(key, known);
  }
  return [...profiles.values()];
}
