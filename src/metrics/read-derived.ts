/** A derived metric: its parts are read as any metric is, and its expressions run over their sums. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { addPeriods } from "../periods.ts";
import type { Figures } from "./answer.ts";
import type { Metric, MetricSettings, Part } from "./catalogue/index.ts";
import { partWindow } from "./part-window.ts";
import { type Binder, newBinder } from "./query/binder.ts";
import { emptyWindow, figuresOf, type Measured } from "./query/measured.ts";
import { metricRows } from "./query/metric-rows.ts";
import type { ReadSeries, SeriesQuestion } from "./series-question.ts";
import { readGrowth } from "./targets/read-growth.ts";

const row = z.object({
  i: z.number(),
  num: z.string().nullable(),
  den: z.string().nullable(),
  value: z.number().nullable(),
  n: z.number().nullable(),
  flags: z.array(z.enum(["no_revenue", "revenue_basis"])),
});

/** A week, and a segment of a breakdown. */
type Place = Pick<Measured, "week" | "segment">;

/** As `readSeries`, which reads the parts. The width asked for is not theirs: each has its own. */
export async function readDerived(
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
  read: ReadSeries,
): Promise<Measured[]> {
  const { metric, weeks, by, grain } = question;
  if (metric.growth !== undefined) return readGrowth(sql, settings, question, read);
  if (weeks.length === 0) return [];
  const columns = new Map<Part, Map<string, Measured>>();
  const places = new Map<string, Place>();
  if (by === null)
    for (const week of weeks) places.set(keyOf({ week, segment: null }), { week, segment: null });
  for (const part of metric.parts) {
    const own = partWindow(part, grain);
    const asked = weeks.map((week) => addPeriods(week, -own.ago, grain));
    // What is derived has been screened by its parts; a part may be read for it all the same.
    const screen = undefined;
    const whole = { ...question, metric: part.metric, weeks: asked, width: own.width, screen };
    const column = new Map<string, Measured>();
    for (const measured of await read(sql, settings, whole)) {
      const place = { week: addPeriods(measured.week, own.ago, grain), segment: measured.segment };
      places.set(keyOf(place), place);
      column.set(keyOf(place), measured);
    }
    columns.set(part, column);
  }
  return derive(sql, metric, [...places.values()], columns);
}

function keyOf({ week, segment }: Place): string {
  return JSON.stringify([week, segment]);
}

async function derive(
  sql: Sql,
  metric: Metric,
  places: readonly Place[],
  columns: ReadonlyMap<Part, ReadonlyMap<string, Measured>>,
): Promise<Measured[]> {
  const binder = newBinder();
  const measuredOf = (part: Part, place: Place): Measured =>
    columns.get(part)?.get(keyOf(place)) ?? emptyWindow(part.metric, "");
  const parts = metric.parts.map((part) => ({
    part,
    figures: places.map((place) => figuresOf(part.metric, measuredOf(part, place))),
  }));
  const rows = await metricRows(sql, metric, row, derivedSql(metric, parts, binder), binder.values);
  const derived = new Map(rows.map((entry) => [entry.i, entry]));
  return places.map((place, i) => {
    const { num = null, den = null, value = null, n = null, flags = [] } = derived.get(i + 1) ?? {};
    // What has to be said of a part has to be said of what is made of it.
    const ofParts = metric.parts.flatMap((part) => measuredOf(part, place).derived?.flags ?? []);
    const told = { value, n, flags: [...new Set([...flags, ...ofParts])] };
    return { ...place, num, den, n: n ?? 0, hist: null, derived: told };
  });
}

const fields = ["num", "den", "value", "n"] as const;

/** One row a place, in order. No part can be called as the places are. */
function derivedSql(
  { derive: expressions }: Metric,
  parts: readonly { part: Part; figures: readonly Figures[] }[],
  binder: Binder,
): string {
  if (expressions === undefined) throw new Error("only a derived metric is derived");
  const { num, den, value, n, flags } = expressions;
  const columns = parts.flatMap(({ part, figures }) =>
    fields.map((field) => ({
      name: `"${part.name}_${field}"`,
      // As text, so that no digit is lost on the way to numeric.
      values: binder.bind(
        figures.map((entry) => entry[field]?.toString() ?? null),
        "numeric[]",
      ),
    })),
  );
  const aliases = parts.map(({ part: { name } }) => {
    const own = fields.map((field) => `_places."${name}_${field}" AS ${field}`);
    return `LATERAL (SELECT ${own.join(", ")}) AS "${name}"`;
  });
  const flagged = Object.entries(flags).map(
    ([flag, when]) => `CASE WHEN ${when} THEN '${flag}' END`,
  );
  return `SELECT _places.i::int AS i, this.num::text AS num, this.den::text AS den, (${value})::float8 AS value,
                 (${n})::float8 AS n, array_remove(ARRAY[${flagged.join(", ")}]::text[], NULL) AS flags
          FROM unnest(${columns.map((column) => column.values).join(", ")}) WITH ORDINALITY
                 AS _places(${columns.map((column) => column.name).join(", ")}, i),
               ${aliases.join(", ")}, LATERAL (SELECT (${num})::numeric AS num, (${den})::numeric AS den) AS this
          ORDER BY _places.i`;
}
