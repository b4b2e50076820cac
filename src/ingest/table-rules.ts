/** What rows of a table must keep to beyond its own constraints, because the catalogue says so. */
import { type Catalogue, isPercentOfWhole, type Metric } from "../metrics/catalogue/index.ts";
import { constant } from "./sql-text.ts";

export interface TableRules {
  /** SQL that brings the stage's spellings to one, before anything is judged. */
  prepare: ((stage: string) => string) | null;
  /** In order: a rule sees only rows that broke none before it. */
  rules: readonly TableRule[];
}

export interface TableRule {
  columns: readonly string[];
  /** SQL over the typed row `t`, true where it is broken. */
  broken: string;
  /** SQL of what is wrong and what is allowed, in a sentence without the value. */
  reason: string;
}

/** Null: the table's constraints are all there is. */
export function tableRules(table: string, catalogue: Catalogue | null): TableRules | null {
  const own = ownRules[table];
  if (own === undefined) return null;
  if (catalogue === null) return { prepare: null, rules: own };
  const others = table === "targets" ? targetRules(catalogue) : observationRules(catalogue);
  return { prepare: namesToIds(catalogue), rules: [...own, ...metricRules(catalogue), ...others] };
}

const aimRules: readonly TableRule[] = [
  {
    columns: ["period_start", "period_end"],
    broken: "t.period_end < t.period_start",
    reason: "'the period ends before it starts'",
  },
  {
    columns: ["target_type", "value_hi"],
    broken: "t.target_type = 'band' AND t.value_hi IS NULL",
    reason: "'a band needs value_hi, its upper edge'",
  },
  {
    columns: ["target_type", "value_hi"],
    broken: "t.target_type <> 'band' AND t.value_hi IS NOT NULL",
    reason: "'only a band has value_hi'",
  },
  {
    columns: ["value", "value_hi"],
    broken: "t.value_hi < t.value",
    reason: "'value_hi is the upper edge, and value the lower one'",
  },
];

const dimsRules: readonly TableRule[] = [
  {
    columns: ["dims"],
    broken: "jsonb_typeof(t.dims) <> 'object'",
    reason: `'is no JSON object such as {"tier": "pro"}'`,
  },
  {
    columns: ["dims"],
    broken: `EXISTS (SELECT FROM jsonb_each(t.dims) d WHERE jsonb_typeof(d.value) <> 'string'
             AND (jsonb_typeof(d.value) <> 'array' OR d.value @? '$[*] ? (@.type() != "string")'))`,
    reason: `'needs a text for each dimension, or a list of texts'`,
  },
  {
    columns: ["dims"],
    broken: "EXISTS (SELECT FROM jsonb_each(t.dims) d WHERE d.value = '[]')",
    reason: "'has an empty list: leave a dimension out that may have any value'",
  },
];

const ownRules: Readonly<Record<string, readonly TableRule[]>> = {
  targets: [...aimRules, ...dimsRules],
  metric_observations: dimsRules,
};

/** What rows say of metrics: those of a JSON array `m`, looked up by id. */
function metricRules(catalogue: Catalogue): TableRule[] {
  const metric = factsSql(catalogue);
  const shared = Object.fromEntries(
    [...idsByName(catalogue)]
      .filter(([, ids]) => ids.length > 1)
      .map(([code, ids]) => [code, ids.join(", ")]),
  );
  const candidates = `${constant(JSON.stringify(shared))}::jsonb ->> upper(trim(t.metric_id))`;
  return [
    {
      columns: ["metric_id"],
      broken: `${candidates} IS NOT NULL`,
      reason: `'may mean ' || (${candidates}) || ': write one of them'`,
    },
    {
      columns: ["metric_id"],
      broken: `${metric} IS NULL`,
      reason: "'is no metric; kpi metrics lists them with their codes'",
    },
    {
      columns: ["metric_id", "dims"],
      broken: `EXISTS (SELECT FROM jsonb_object_keys(t.dims) d WHERE NOT (${metric} -> 'dimensions') ? d)`,
      reason: `'names no dimension of the metric, which can be cut by ' ||
        (SELECT coalesce(string_agg(d, ', '), 'nothing') FROM jsonb_array_elements_text(${metric} -> 'dimensions') d)`,
    },
    shareRule(metric, "value"),
  ];
}

function targetRules(catalogue: Catalogue): TableRule[] {
  const metric = factsSql(catalogue);
  return [
    {
      columns: ["metric_id", "target_type"],
      broken: `t.target_type = 'cumulative_by_date' AND NOT (${metric} -> 'adds_up')::boolean`,
      reason: "'cumulative_by_date is for what adds up over weeks, which this metric does not'",
    },
    shareRule(metric, "value_hi"),
    ...["value", "value_hi"].map((column) => ({
      columns: ["metric_id", column],
      broken: `(${metric} -> 'whole')::boolean AND NOT t.${column} BETWEEN 0 AND 1`,
      reason: "'is no share of a whole: write a fraction from 0 to 1'",
    })),
  ];
}

/** A value of what is computed would be taken and never be told. */
function observationRules(catalogue: Catalogue): TableRule[] {
  return [
    {
      columns: ["metric_id"],
      broken: `NOT (${factsSql(catalogue)} -> 'reported')::boolean`,
      reason:
        "'is computed from source tables; values are reported of metrics whose definition says aggregation: reported'",
    },
  ];
}

/** SQL of the facts of a row's metric, looked up by its id; null: there is no such metric. */
function factsSql({ metrics }: Catalogue): string {
  const facts = Object.fromEntries(metrics.map((metric) => [metric.id, factsOf(metric)]));
  return `${constant(JSON.stringify(facts))}::jsonb -> t.metric_id`;
}

function shareRule(metric: string, column: string): TableRule {
  return {
    columns: ["metric_id", column],
    broken: `(${metric} -> 'share')::boolean AND abs(t.${column}) > ${MOST_SHARE}`,
    reason: "'is of a percent metric: write a fraction, such as 0.45 for 45%'",
  };
}

/** Of shares few are above 1, such as net retention; 45 is meant as 45%. */
const MOST_SHARE = 5;

function factsOf(metric: Metric) {
  const { dimensions, aggregation, unit } = metric;
  return {
    dimensions,
    adds_up: aggregation === "sum" || aggregation === "year_to_date",
    share: /^percent\b/.test(unit),
    whole: isPercentOfWhole(metric),
    reported: aggregation === "reported",
  };
}

/** A metric may be named as people do, by its code, its name or an alias, where no other has the same. */
function namesToIds(catalogue: Catalogue): TableRules["prepare"] {
  const names = [...idsByName(catalogue)].flatMap(([name, [id, ...others]]) =>
    id === undefined || others.length > 0 ? [] : [`(${constant(name)}, ${constant(id)})`],
  );
  if (names.length === 0) return null;
  return (
    stage,
  ) => `UPDATE ${stage} s SET metric_id = m.id FROM (VALUES ${names.join(", ")}) m(name, id)
          WHERE upper(trim(s.metric_id)) = m.name`;
}

/** The metrics of each id, code, name and alias, in capitals; what is an id means that metric alone. */
function idsByName({ metrics }: Catalogue): Map<string, string[]> {
  const byId = new Map(metrics.map(({ id }) => [id.toUpperCase(), [id]]));
  const found = new Map<string, string[]>();
  for (const { id, name, codes, aliases } of metrics)
    for (const each of new Set([name, ...codes, ...aliases].map((one) => one.toUpperCase())))
      found.set(each, [...(found.get(each) ?? []), id].sort());
  return new Map([...found, ...byId]);
}
