/** Reads any metric of a company from its sources, over periods of its calendar. */
import type { Database, Sql } from "../../../src/db/index.ts";
import type { Catalogue, MetricSettings } from "../../../src/metrics/catalogue/index.ts";
import { figuresOf, type Measured } from "../../../src/metrics/query/measured.ts";
import { inSnapshot } from "../../../src/metrics/query/run-windows.ts";
import { readSeries } from "../../../src/metrics/read-series.ts";
import type { Grain } from "../../../src/periods.ts";

export interface Company {
  sql: Sql;
  settings: MetricSettings;
  catalogue: Catalogue;
  /** Weeks, or months, of which the first has one before it. */
  periods: readonly string[];
  grain: Grain | undefined;
}

/** Reads as of the end of `through`, by when nothing has to be known any more. */
export function inCompany<T>(
  db: Database,
  settings: MetricSettings,
  through: string,
  read: (sql: Sql) => Promise<T>,
): Promise<T> {
  return inSnapshot(db, settings, "exact", async (sql) => {
    await sql.run("SELECT set_config('kpi.as_of', source.ts($1::date)::text, true)", [through]);
    return read(sql);
  });
}

interface Asked {
  width?: number;
  by?: string | null;
}

export function measure(
  { sql, settings, catalogue, periods, grain }: Company,
  id: string,
  { width = 1, by = null }: Asked = {},
): Promise<Measured[]> {
  const metric = catalogue.get(id);
  if (metric === undefined) throw new Error(`no metric ${id}`);
  const question = { metric, weeks: periods, width, filters: {}, by, exact: true, grain };
  return readSeries(sql, settings, question);
}

/** By period and segment; what has no rows is not in it. */
export async function figures(company: Company, id: string, asked: Asked = {}) {
  const metric = company.catalogue.get(id);
  const measured = await measure(company, id, asked);
  const entries = measured.map(
    (each) => [`${each.week} ${each.segment ?? ""}`, metric && figuresOf(metric, each)] as const,
  );
  return new Map(entries);
}
