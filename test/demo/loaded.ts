/** The demo company with and without its stories, each in a database of its own. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { CompanyOptions } from "../../demo/company/index.ts";
import type { Database } from "../../src/db/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { loadCompany } from "./load-company.ts";
import { firstMonday } from "./options.ts";
import type { Share } from "./two-shares.ts";
import {
  type Figure,
  prepareFigures,
  type ScorecardMetric,
  scorecard,
  weeklyFigures,
} from "./weekly-figures.ts";

export interface Loaded {
  fresh: FreshDatabase;
  /** Of each source table. */
  rows: ReadonlyMap<string, number>;
  /** Of the scorecard's metrics, an entry a week. */
  figures: Record<ScorecardMetric, (Figure | null)[]>;
}

/** Known only once the tests run. */
export type Both = () => { withStories: Loaded; without: Loaded };

export const metricNames = Object.keys(scorecard) as ScorecardMetric[];

export async function load(options: CompanyOptions): Promise<Loaded> {
  const fresh = await freshDatabase({ statementTimeoutMs: 0 });
  const rows = await loadCompany(fresh.db, options);
  await prepareFigures(fresh.db, firstMonday, options.weeks);
  const figures = Object.fromEntries(
    await Promise.all(
      metricNames.map(async (name) => [name, await weeklyFigures(fresh.db, name, options.weeks)]),
    ),
  ) as Loaded["figures"];
  return { fresh, rows, figures };
}

export async function countOf(db: Database, sql: string): Promise<number> {
  const [row] = await db.rows(z.object({ count: z.coerce.number() }), `SELECT (${sql}) AS count`);
  return row?.count ?? Number.NaN;
}

export function tell(what: string, figures: unknown): void {
  process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
}

/** As docs/demo.md writes a share: "68 of 226" and "30.1%". */
export function asInDocs({ x, n }: Share): { counts: string; percent: string } {
  return { counts: `${x} of ${n}`, percent: `${((100 * x) / n).toFixed(1)}%` };
}

export const demoDocs = readFileSync(
  path.resolve(import.meta.dirname, "../../docs/demo.md"),
  "utf8",
);
