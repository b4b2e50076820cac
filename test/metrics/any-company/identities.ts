/** The identities of METRICS.md 1.9, as pairs of sides. */
import { expect } from "vitest";
import { z } from "zod";
import type { Figures } from "../../../src/metrics/index.ts";
import { fiscalYearOf } from "../../../src/metrics/query/fiscal-year.ts";
import { addPeriods, endOf } from "../../../src/periods.ts";
import { type Company, figures } from "./read.ts";

const fixed = ["source", "channel", "segment", "region"] as const;

/** Both sides of an identity for one period and segment, from the figures of its metrics there. */
type Sides = (
  of: (metric: string, before?: boolean) => Figures,
  /** The fiscal year began within the period. */
  isNewYear: boolean,
) => [number, number] | null;

interface Identity {
  metrics: readonly string[];
  /** Of all windows, in weeks; by default of one. */
  widths?: readonly number[];
  dimensions: readonly string[];
  sides: Sides;
  /** The left side is at most the right one. */
  isAtMost?: boolean;
}

const none: Figures = { value: null, num: null, den: null, n: null };
const or0 = (value: number | null): number => value ?? 0;

/** Two shares of one base, where there is one. */
function both(a: Figures, b: Figures, right: (b: number) => number): [number, number] | null {
  return a.value === null || b.value === null ? null : [a.value, right(b.value)];
}

export const identities: readonly Identity[] = [
  {
    metrics: [
      "mrr",
      "new_mrr",
      "resurrected_mrr",
      "expansion_revenue",
      "contraction_mrr",
      "churned_mrr",
    ],
    dimensions: fixed,
    sides: (of) => {
      const value = (id: string) => or0(of(id).value);
      const won = value("new_mrr") + value("resurrected_mrr") + value("expansion_revenue");
      const lost = value("contraction_mrr") + value("churned_mrr");
      return [value("mrr"), or0(of("mrr", true).value) + won - lost];
    },
  },
  {
    metrics: ["arr", "mrr"],
    dimensions: [...fixed, "tier"],
    sides: (of) => [or0(of("arr").value), 12 * or0(of("mrr").value)],
  },
  {
    metrics: ["arpa", "mrr"],
    dimensions: [...fixed, "tier"],
    sides: (of) => [or0(of("arpa").value) * or0(of("mrr").n), or0(of("mrr").value)],
  },
  {
    metrics: ["retention_rate", "churn_rate"],
    widths: [1, 4, 13],
    dimensions: [...fixed, "tier"],
    sides: (of) => both(of("retention_rate"), of("churn_rate"), (churn) => 1 - churn),
  },
  {
    metrics: ["net_revenue_churn", "nrr"],
    widths: [1, 4, 13],
    dimensions: [...fixed, "tier"],
    sides: (of) => both(of("net_revenue_churn"), of("nrr"), (kept) => 1 - kept),
  },
  {
    metrics: ["grr", "nrr"],
    widths: [1, 4, 13],
    dimensions: [...fixed, "tier"],
    isAtMost: true,
    sides: (of) => both(of("grr"), of("nrr"), (kept) => Math.min(1, kept)),
  },
  {
    metrics: ["error_rate", "throttle_rate", "availability_rate"],
    dimensions: [...fixed, "tier", "service"],
    sides: (of) => {
      const parts = ["error_rate", "throttle_rate", "availability_rate"].map((id) => of(id).value);
      return parts.includes(null) ? null : [parts.reduce<number>((a, b) => a + or0(b), 0), 1];
    },
  },
  {
    metrics: ["weekly_revenue", "ytd_revenue"],
    dimensions: fixed,
    sides: (of, isNewYear) => {
      const [year, before] = [of("ytd_revenue"), of("ytd_revenue", true)];
      // Of a week in which a year begins the days before are no part of it.
      return isNewYear
        ? null
        : [or0(of("weekly_revenue").value), or0(year.value) - or0(before.value)];
    },
  },
];

export async function expectIdentity(company: Company, identity: Identity): Promise<void> {
  const { metrics, widths = [1], dimensions, sides, isAtMost = false } = identity;
  // A month is a window of its own.
  for (const width of company.grain === undefined ? widths : [1])
    for (const by of [null, ...dimensions]) {
      const found = new Map<string, ReadonlyMap<string, Figures | undefined>>();
      for (const id of metrics) found.set(id, await figures(company, id, { width, by }));
      const segments = new Set(
        [...found.values()].flatMap((each) => [...each.keys()].map((key) => key.split(" ")[1])),
      );
      for (const period of company.periods.slice(1))
        for (const segment of segments) {
          const at = (id: string, before = false): Figures => {
            const of = before ? addPeriods(period, -1, company.grain) : period;
            return found.get(id)?.get(`${of} ${segment}`) ?? none;
          };
          const year = fiscalYearOf(period, company.settings, company.grain);
          const [left, right] = sides(at, year.firstDay >= period) ?? [0, 0];
          const where = `${metrics} of ${width} by ${by}=${segment} in ${period}`;
          if (isAtMost) expect(left, where).toBeLessThanOrEqual(right + 1e-9);
          else expect(left, where).toBeCloseTo(right, 6);
        }
    }
}

const counts = z.object({
  week: z.string(),
  came_back: z.coerce.number(),
  gone: z.coerce.number(),
});

/** active(W) - active(W-1) = new + resurrected - dormant, the last two straight from the days of use. */
export async function expectActiveAccountsToWalk(company: Company): Promise<void> {
  const { sql, periods, grain } = company;
  const ends = periods.map((period) => endOf(period, grain));
  const before = periods.map((period) => addPeriods(period, -1, grain));
  const rows = await sql.rows(
    counts,
    `SELECT w.a::text AS week, count(*) FILTER (WHERE now AND NOT before AND since < w.a) AS came_back,
            count(*) FILTER (WHERE before AND NOT now) AS gone
     FROM unnest($1::date[], $2::date[], $3::date[]) AS w(a, b, before_a),
          LATERAL (SELECT account_id, min(day) AS since, bool_or(day >= w.a AND day < w.b) AS now,
                          bool_or(day >= w.before_a AND day < w.a) AS before
                   FROM active_day JOIN account USING (account_id) GROUP BY 1) x
     GROUP BY w.a`,
    [periods, ends, before],
  );
  const [active, added] = [
    await figures(company, "active_accounts"),
    await figures(company, "new_accounts_added"),
  ];
  const at = (of: typeof active, period: string): number =>
    or0(of.get(`${period} `)?.value ?? null);
  for (const period of periods.slice(1)) {
    const { came_back = 0, gone = 0 } = rows.find(({ week }) => week === period) ?? {};
    const change = at(active, period) - at(active, addPeriods(period, -1, grain));
    expect(change, period).toBe(at(added, period) + came_back - gone);
  }
}
