/** A company in a database of its own that can be asked, with metrics of its own if need be. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/db/index.ts";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
  type MetricSettings,
} from "../../src/metrics/catalogue/index.ts";
import { type Answer, answerMetric, type MetricQuery, refresh } from "../../src/metrics/index.ts";

type RefreshOptions = NonNullable<Parameters<typeof refresh>[3]>;

import { freshDatabase } from "../support/database.ts";

export interface AskedCompany {
  db: Database;
  catalogue: Catalogue;
  settings: MetricSettings;
  refresh(options?: RefreshOptions): ReturnType<typeof refresh>;
  ask(query: Partial<MetricQuery> & { metric: string }, exact?: boolean): Promise<Answer>;
  close(): Promise<void>;
}

export async function askedCompany(
  own = "",
  settings: MetricSettings = defaultSettings,
): Promise<AskedCompany> {
  const catalogue = await catalogueWith(own, settings);
  const { db, close } = await freshDatabase();
  return { ...askable(db, catalogue, settings), close };
}

/** The same database asked under other settings. */
export async function underSettings(
  { db, close }: AskedCompany,
  settings: MetricSettings,
): Promise<AskedCompany> {
  return { ...askable(db, await catalogueWith("", settings), settings), close };
}

function askable(db: Database, catalogue: Catalogue, settings: MetricSettings) {
  return {
    db,
    catalogue,
    settings,
    refresh: (options: RefreshOptions = {}) => refresh(db, settings, catalogue, options),
    async ask(query: Partial<MetricQuery> & { metric: string }, exact = false) {
      const open = {
        filters: {},
        by: null,
        week: null,
        windowWeeks: null,
        lastWeeks: 1,
        cohort: null,
        versus: "prev",
      } as const;
      const answer = await answerMetric({ db, catalogue, settings }, { ...open, ...query }, exact);
      if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
      return answer.value;
    },
  };
}

async function catalogueWith(own: string, settings: MetricSettings): Promise<Catalogue> {
  const loaded = await loadWith(own, settings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  return loaded.value;
}

/** What is wrong with definitions of a company's own, as `own.yaml:<line> <problem>`. */
export async function catalogueFaults(own: string, settings: MetricSettings): Promise<string[]> {
  const loaded = await loadWith(own, settings);
  return loaded.ok ? [] : loaded.fault.map(({ line, problem }) => `own.yaml:${line} ${problem}`);
}

async function loadWith(own: string, settings: MetricSettings) {
  const folder = await mkdtemp(path.join(tmpdir(), "own-metrics-"));
  try {
    if (own !== "") await writeFile(path.join(folder, "own.yaml"), own);
    return await loadCatalogue(settings, [folder]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An account with defaults; `signed_up_at` is 2 March 2026, a Monday. */
export function anAccount(account_id: string, columns: Readonly<Record<string, unknown>> = {}) {
  return {
    account_id,
    source: "campaign",
    channel: "direct",
    segment: "smb",
    region: "eu",
    signed_up_at: "2026-03-02T09:00Z",
    ...columns,
  };
}

/** A metric's YAML: the SQL indented, all else with defaults unless `keys` say otherwise. */
export function aMetric(sql: string, keys: Readonly<Record<string, string>> = {}): string {
  const all = {
    id: "own_metric",
    name: "Own Metric",
    layer: "actionable",
    owners: "[CS]",
    unit: "count",
    direction: "down",
    dimensions: "[source, tier]",
    aggregation: "sum",
    test: "flow",
    sensitive: "false",
    tier: "event",
    reads: "[accounts, tickets]",
    what: "What it is.",
    numerator: "what it counts",
    ...keys,
  };
  const lines = Object.entries(all).map(([key, value]) => `  ${key}: ${value}`);
  const text = sql.split("\n").map((line) => `    ${line}`);
  return ["-", ...lines, "  sql: |", ...text, ""].join("\n");
}
