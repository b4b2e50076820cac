/** What stands in the tables, read when somebody scrapes: counts and ages, never a figure of the company. */
import { Gauge, type Registry } from "@prometheus-io/client";
import { z } from "zod";
import type { Sql } from "../db/index.ts";

export interface Watched {
  sql: Sql;
  /** The program's clock, against which data are old. */
  now: Temporal.Instant;
}

interface FromTables {
  name: string;
  help: string;
  labels: readonly string[];
  /** Gives `value` and the labels; $1, where it has one, is the program's clock. */
  sql: string;
}

const WAITING = "state IN ('pending', 'sending')";

const fromTables: readonly FromTables[] = [
  {
    name: "throughline_deliveries",
    help: "Messages of reports by platform and state; ambiguous and dead ones want a person.",
    labels: ["platform", "state"],
    sql: `SELECT split_part(channel, ':', 1) AS platform, state, count(*) AS value
          FROM bot.delivery GROUP BY 1, 2`,
  },
  {
    name: "throughline_oldest_waiting_delivery_seconds",
    help: "How long the oldest message that could go out has waited; 0 when none does.",
    labels: [],
    sql: `SELECT coalesce(extract(epoch FROM now() - min(d.stored_at)), 0) AS value
          FROM bot.delivery d JOIN bot.run r ON r.id = d.run_id
          WHERE d.${WAITING} AND r.told IS NOT NULL`,
  },
  {
    name: "throughline_unbuilt_run_seconds",
    help: "How long ago the oldest report was due that is not built yet; 0 when all are.",
    labels: [],
    sql: `SELECT coalesce(greatest(extract(epoch FROM $1 - min(r.due_at)), 0), 0) AS value
          FROM bot.run r WHERE r.told IS NULL AND r.report <> 'sources' AND r.due_at <= $1
            AND NOT EXISTS (SELECT FROM bot.run l
              WHERE l.report = r.report AND l.period > r.period AND l.due_at <= $1)`,
  },
  {
    name: "throughline_load_failures",
    help: "Failures of the load of the sources since it last came to its end.",
    labels: [],
    sql: `SELECT coalesce(sum(r.failures), 0) AS value FROM bot.run r
          WHERE r.report = 'sources' AND r.told IS NULL AND r.due_at <= $1::timestamptz
            AND NOT EXISTS (SELECT FROM bot.run l
              WHERE l.report = r.report AND l.period > r.period AND l.due_at <= $1 AND l.told IS NOT NULL)`,
  },
  {
    name: "throughline_source_age_seconds",
    help: "How long ago a source table's data end.",
    labels: ["table"],
    sql: `SELECT source_table AS table, extract(epoch FROM $1 - complete_through) AS value
          FROM source.source_watermarks`,
  },
  {
    name: "throughline_refresh_age_seconds",
    help: "How long ago the figures were last computed; absent before the first time.",
    labels: [],
    sql: `SELECT extract(epoch FROM now() - max(finished_at)) AS value
          FROM bot.refresh_run HAVING count(*) > 0`,
  },
  {
    name: "throughline_scheduler_age_seconds",
    help: "How long ago any process last looked for what is due; exact to 10 s.",
    labels: [],
    sql: `SELECT extract(epoch FROM now() - ticked_at) AS value
          FROM bot.scheduler`,
  },
  {
    name: "throughline_open_troubles",
    help: "What the owner has been told of and is not over.",
    labels: ["kind"],
    sql: `SELECT subject->>'kind' AS kind, count(*) AS value
          FROM bot.trouble WHERE over_at IS NULL GROUP BY 1`,
  },
  {
    name: "throughline_inbox_unsettled",
    help: "What people asked or said and nobody has dealt with yet.",
    labels: [],
    sql: `SELECT count(*) AS value FROM bot.inbox
          WHERE settled_at IS NULL AND body IS NOT NULL`,
  },
];

export const stateNames: readonly string[] = fromTables.map(({ name }) => name);

/** What was read for one scrape. */
export type Reading = readonly {
  gauge: Gauge<string>;
  value: number;
  labels: Record<string, string>;
}[];

export interface StateGauges {
  /** Throws what the database throws. */
  read(watched: Watched): Promise<Reading>;
  /** All at once, for two may scrape at the same time. Null: nothing was read, and all of it is absent. */
  show(reading: Reading | null): void;
}

/** Registers them all. */
export function stateGauges(registry: Registry): StateGauges {
  const gauges = fromTables.map(({ name, help, labels, sql }) => ({
    gauge: new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    row: z.object({
      value: z.coerce.number(),
      ...Object.fromEntries(labels.map((label) => [label, z.string()])),
    }),
    sql,
  }));
  return {
    read: async ({ sql, now }) => {
      const samples = [];
      for (const { gauge, row, sql: text } of gauges) {
        const given = text.includes("$1") ? [now.toString()] : [];
        for (const { value, ...labels } of await sql.rows(row, text, given))
          samples.push({ gauge, value, labels });
      }
      return samples;
    },
    show: (reading) => {
      for (const { gauge } of gauges) gauge.reset();
      for (const { gauge, value, labels } of reading ?? []) gauge.set(labels, value);
    },
  };
}
