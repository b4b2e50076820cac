/** The name of a dimension, where a filter or `by` wants one. */
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { plainName } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import type { Scope } from "./scope.ts";
import { nearestWords } from "./unlikeness.ts";

export interface ReadDimension {
  name: string;
  /** Tokens, those equals signs included that follow. */
  taken: number;
}

const MOST_WORDS = 3;

/**
 * Spaces, hyphens and case make no difference: `revenue type`, `Revenue-Type`. Null where no equals
 * sign follows and one is needed. `plan` is a synonym of tier (METRICS.md 1.8).
 */
export function readDimension(
  tokens: readonly Token[],
  scope: Scope,
  use: "filter" | "by",
): Result<ReadDimension | null, AskFault> {
  const allowed = allowedFor(use, scope);
  for (let words = MOST_WORDS; words > 0; words--) {
    const named = tokens.slice(0, words);
    if (named.length < words || named.some(({ kind }) => kind === "equals" || kind === "comma"))
      continue;
    const equals = equalsAfter(tokens, words);
    if (use === "filter" && equals === 0) continue;
    const name = dimensionName(named.map(({ text }) => text).join(" "), allowed);
    if (name !== null) return ok({ name, taken: words + (use === "filter" ? equals : 0) });
  }
  const isNamed = tokens[0]?.kind === "word" || tokens[0]?.kind === "quoted";
  if (use === "filter" && !(isNamed && equalsAfter(tokens, 1) > 0)) return ok(null);
  return failedFor(tokens[0]?.text ?? "", scope, use);
}

function allowedFor(use: "filter" | "by", scope: Scope): readonly string[] {
  return use === "by" ? scope.metric.dimensions : scope.filterable;
}

/** `tier == pro` is meant as `tier=pro`. */
function equalsAfter(tokens: readonly Token[], at: number): number {
  let end = at;
  while (tokens[end]?.kind === "equals") end += 1;
  return end - at;
}

export function dimensionName(typed: string, allowed: readonly string[]): string | null {
  const name = plainName(typed).replaceAll(" ", "_");
  if (allowed.includes(name)) return name;
  return name === "plan" && allowed.includes("tier") ? "tier" : null;
}

function failedFor(
  typed: string,
  scope: Scope,
  use: "filter" | "by",
): Result<ReadDimension | null, AskFault> {
  const allowed = allowedFor(use, scope);
  // Of `tier!=pro` the equals sign is the end of another operator, which is told as such.
  const [, word = typed] = /^(.+?)[!<>~:^]+$/s.exec(typed) ?? [];
  if (word !== typed && dimensionName(word, allowed) !== null) return ok(null);
  const elsewhere = scope.elsewhere(plainName(word).replaceAll(" ", "_"));
  return failed({
    kind: "unknown_dimension",
    metric: scope.called,
    word,
    allowed,
    nearest: elsewhere.length > 0 ? [] : nearestWords(word, allowed),
    elsewhere,
    isFilter: use === "filter",
  });
}
