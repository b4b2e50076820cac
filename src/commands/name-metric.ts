/** The metric that a line begins with, when the asker may see it; else what may have been meant. */
import type { Metric } from "../metrics/catalogue/index.ts";
import { maySee, visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { fold, plainName } from "./fold-text.ts";
import { isKeyword } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import {
  type FoundName,
  findName,
  type NameIndex,
  nameIndex,
  nearestMetrics,
  textOf,
} from "./name-index.ts";

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
  { tokens, line, caller }: Ask,
  before: string,
  index: NameIndex,
): AskFault {
  const visible = visibleTo(context.rules, caller, context.metrics.catalogue.metrics);
  const rest = restOf(tokens);
  const typed = tokens.slice(0, tokens.length - rest.length);
  const near = nearestMetrics(
    typed.map(({ text }) => text),
    visible,
    index,
  );
  return {
    kind: "unknown_metric",
    word: textOf(typed.length > 0 ? typed : tokens),
    nearest: near.map(({ metric }) => lineWith(before, metric, line, rest)),
  };
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
    (token, i) => i > 0 && (isKeyword(token) || tokens[i + 1]?.kind === "equals"),
  );
  if (at !== -1) return tokens.slice(at);
  return tokens[1]?.kind === "equals" ? tokens.slice(1) : [];
}

/** What to call a metric in an example: the shortest single word that means it and nothing else. */
export function shortName(metric: Metric, metrics: readonly Metric[]): string {
  const { meanings } = nameIndex(metrics);
  const words = [...metric.aliases, metric.id].filter(
    (name) => /^[\p{L}\p{N}_]+$/u.test(name) && meanings.get(plainName(name))?.meant === metric,
  );
  return fold(words[0] ?? metric.id);
}
