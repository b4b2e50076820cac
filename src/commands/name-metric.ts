/** The metric that a line begins with, when the asker may see it; else what may have been meant. */
import type { Metric } from "../metrics/catalogue/index.ts";
import { maySee, visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { fold, plainName } from "./fold-text.ts";
import { isKeyword } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { nearCodes } from "./name-driver.ts";
import {
  ALL_WORDS,
  type FoundName,
  findName,
  isCode,
  MOST_NEAREST,
  type NameIndex,
  nameIndex,
  nearestMetrics,
  textOf,
} from "./name-index.ts";
import { isBareWeek } from "./read-week.ts";

export interface NamedMetric {
  metric: Metric;
  /** Its name as typed. */
  typed: string;
  /** What comes after the name. */
  rest: readonly Token[];
  /** What else the name may mean, of what the asker may see. */
  also: readonly Metric[];
}

/**
 * Candidates and nearest names are lines to type: `before`, the metric's id, and the rest of the
 * line as it was typed. A metric that is not shown here is told by what was typed, never by its name.
 */
export function nameMetric(
  context: CommandContext,
  ask: Ask,
  before = "",
): Result<NamedMetric, AskFault> {
  const index = nameIndex(context.metrics.catalogue.metrics);
  const found = findName(ask.tokens, index);
  return found === null
    ? failed(unknownMetric(context, ask, before, index))
    : meantBy(context, ask, before, found);
}

function unknownMetric(
  context: CommandContext,
  ask: Ask,
  before: string,
  index: NameIndex,
): AskFault {
  const { tokens, line, caller } = ask;
  const visible = visibleTo(context.rules, caller, context.metrics.catalogue.metrics);
  const rest = restOf(tokens);
  const typed = tokens.slice(0, tokens.length - rest.length);
  const [first] = typed;
  if (first !== undefined && typed.length === 1 && isCode(first.text))
    return unknownCode(context, first.text, before);
  const near = nearestMetrics(
    typed.map(({ text }) => text),
    visible,
    index,
  );
  // `organic signups` is nearer to the metric that has both words than to the one called signups.
  const hasAll = typed.length > 1 && (near[0]?.score ?? 1) <= ALL_WORDS;
  const within = hasAll ? null : namedWithin(ask, rest, before, visible, index);
  if (within !== null) return { kind: "unknown_metric", ...within };
  return {
    kind: "unknown_metric",
    word: textOf(typed.length > 0 ? typed : tokens),
    nearest: near.map(({ metric }) => lineWith(before, metric, line, rest)),
  };
}

/** `C.9.9`: what is written like a code is meant as one, and no name is near it. */
function unknownCode({ metrics }: CommandContext, code: string, before: string): AskFault {
  const takesDrivers = !METRICS_ALONE.has(before);
  const near = takesDrivers
    ? nearCodes(metrics.catalogue.drivers, code).slice(0, MOST_NEAREST)
    : [];
  const lines = near.map((one) => [before, one].filter(Boolean).join(" "));
  return { kind: "unknown_code", code, lines };
}

/** Commands that take no driver. */
const METRICS_ALONE: ReadonlySet<string> = new Set(["target", "backtest"]);

/**
 * `how many signups last week`, `this week signups`: a name that is known behind words that are not.
 * Never after the `by` or the `dim=` of a line whose own metric is misspelt.
 */
function namedWithin(
  { tokens, line }: Ask,
  rest: readonly Token[],
  before: string,
  visible: readonly Metric[],
  index: NameIndex,
): { word: string; nearest: string[] } | null {
  const keywordFirst = isKeyword(tokens[0]);
  // A question mark is how people end a sentence, and part of no name.
  const words = tokens.map((token) => ({ ...token, text: token.text.replace(/\?+$/, "") }));
  const end = keywordFirst ? tokens.length : tokens.length - rest.length;
  for (let at = 1; at < end; at++) {
    const found = findName(words.slice(at, end), index);
    const meant = found?.meant == null ? found?.metrics : [found.meant];
    const seen = (meant ?? []).filter((metric) => visible.includes(metric));
    if (found === null || seen.length === 0) continue;
    const after = keywordFirst ? tokens.slice(at + found.taken) : rest;
    const lead = keywordFirst ? line.slice(tokens[0]?.start, tokens[at]?.start).trim() : "";
    const tail = after[0] === undefined ? "" : line.slice(after[0].start).replace(/[\s?]+$/, "");
    return {
      word: textOf(words.slice(0, at + found.taken)),
      nearest: seen
        .slice(0, MOST_NEAREST)
        .map(({ id }) => [before, id, lead, tail].filter(Boolean).join(" ")),
    };
  }
  return null;
}

/** Of what the name may mean only what the asker may see is ever told, as a choice too. */
function meantBy(
  context: CommandContext,
  ask: Ask,
  before: string,
  found: FoundName,
): Result<NamedMetric, AskFault> {
  const { tokens, line, caller } = ask;
  const seen = visibleTo(context.rules, caller, found.metrics);
  const typed = textOf(tokens.slice(0, found.taken));
  const rest = tokens.slice(found.taken);
  const narrowed = narrow(found, rest[0], rest[1]);
  if (narrowed !== null && seen.includes(narrowed))
    return ok({ metric: narrowed, typed: narrowed.id, rest: rest.slice(1), also: [] });
  const { meant } = found;
  if (meant !== null && maySee(context.rules, caller, meant))
    return ok({ metric: meant, typed, rest, also: seen.filter((metric) => metric !== meant) });
  if (seen.length === 0) {
    const direct = caller.kind === "person" && caller.direct;
    return failed({ kind: "not_here", name: `"${typed}"`, direct });
  }
  const candidates = seen.map((metric) => ({
    metric: metric.id,
    name: metric.name,
    code: metric.codes[0] ?? null,
    line: lineWith(before, metric, line, rest),
  }));
  return failed({ kind: "ambiguous", phrase: typed, candidates });
}

function lineWith(before: string, metric: Metric, line: string, [next]: readonly Token[]): string {
  const after = next === undefined ? "" : line.slice(next.start).trim();
  return [before, metric.id, after].filter(Boolean).join(" ");
}

/** `P.3 p99`, `retention d7`: the one of several whose names hold the word that follows. */
function narrow(found: FoundName, next?: Token, afterNext?: Token): Metric | null {
  if (found.metrics.length < 2 || next === undefined || afterNext?.kind === "equals") return null;
  if (next.kind !== "word" || isKeyword(next)) return null;
  const words = plainName(next.text);
  const holding = found.metrics.filter((metric) =>
    [metric.id, metric.name, ...metric.aliases].some((name) =>
      ` ${plainName(name)} `.includes(` ${words} `),
    ),
  );
  return words !== "" && holding.length === 1 ? (holding[0] ?? null) : null;
}

/** Of a line whose metric is not known: from the first keyword, or the first `dim=`, on. */
function restOf(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    (token, i) =>
      i > 0 && (isKeyword(token) || isBareWeek(token) || tokens[i + 1]?.kind === "equals"),
  );
  if (at !== -1) return tokens.slice(at);
  return tokens[1]?.kind === "equals" ? tokens.slice(1) : [];
}

/**
 * What to call a metric in an example: a single word that means it and nothing else. No abbreviation
 * that is not its id: whoever sees an example first does not know that WAA are active accounts.
 */
export function shortName(metric: Metric, metrics: readonly Metric[]): string {
  const { meanings } = nameIndex(metrics);
  const words = [...metric.aliases, metric.id].filter(
    (name) =>
      /^[\p{L}\p{N}_]+$/u.test(name) &&
      (name === metric.id || !/^\p{Lu}+$/u.test(name)) &&
      meanings.get(plainName(name))?.meant === metric,
  );
  return fold(words[0] ?? metric.id);
}
