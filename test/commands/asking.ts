/** What a line is asked in: a catalogue, a caller, a day. Nothing of it needs a database but values. */
import type { Ask, CommandContext } from "../../src/commands/command-context.ts";
import { lexLine, type Token } from "../../src/commands/lex-line.ts";
import type { Scope } from "../../src/commands/scope.ts";
import { openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import {
  catalogueOf,
  defaultSettings,
  loadCatalogue,
  type Metric,
} from "../../src/metrics/catalogue/index.ts";
import type { Caller } from "../../src/policy/index.ts";
import { someRules } from "../support/some-rules.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
/** The metrics that ship. */
export const shipped = loaded.value.metrics;

const tree = loaded.value;

/** A Monday. */
export const TODAY = Temporal.PlainDate.from("2026-11-16");
export const now = Temporal.Instant.from("2026-11-16T09:00:00Z");

/** A metric that is called by its id alone, unless `keys` say otherwise. */
export function aMetric(id: string, keys: Partial<Metric> = {}): Metric {
  const [template] = shipped;
  if (template === undefined) throw new Error("the catalogue is empty");
  return { ...template, id, name: id, codes: [], aliases: [], sensitive: false, ...keys };
}

export function shippedMetric(id: string): Metric {
  const metric = shipped.find((each) => each.id === id);
  if (metric === undefined) throw new Error(`no ${id} in the catalogue`);
  return metric;
}

export const terminal: Caller = { kind: "terminal" };
export const inAll: Caller = {
  kind: "person",
  person: { platform: "slack", user: "U0ANA" },
  channel: { platform: "slack", channel: "C0ALL" },
  direct: false,
  readers: "colleagues",
};

/** Nothing listens there: who reads a value fails. */
const noDatabase = openDatabase("postgres://nobody@127.0.0.1:1/none", {
  max: 1,
  applicationName: "none",
  statementTimeoutMs: 1_000,
  log: silentLog,
});

export function contextOf(metrics: readonly Metric[], db = noDatabase): CommandContext {
  return {
    metrics: { db, catalogue: catalogueOf(metrics, tree), settings: defaultSettings },
    rules: someRules(["slack:C0LEAD"]),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: ["adoption_rate"],
    prefix: "/kpi",
    log: silentLog,
  };
}

export function tokensOf(line: string): Token[] {
  const lexed = lexLine(line);
  if (!lexed.ok) throw new Error(JSON.stringify(lexed.fault));
  return lexed.value;
}

export function askOf(line: string, caller: Caller = terminal): Ask {
  return { line, tokens: tokensOf(line), caller, now, exact: false, week: null };
}

export function scopeOf(
  metric: Metric,
  values: Readonly<Record<string, readonly string[]>> = {},
): Scope {
  return {
    metric,
    called: "adoption",
    filterable: [...metric.dimensions, "tenure"],
    unused: new Set(),
    elsewhere: () => [],
    labels: (dimension) => values[dimension] ?? [],
    calendar: { today: TODAY, weekStarts: 1, yearStarts: 1 },
  };
}
