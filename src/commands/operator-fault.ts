/** What is written like a filter of another language: `tier!=pro`, `tier:pro`, `not tier=pro`. */
import type { AskFault } from "../wording/index.ts";
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import { dimensionName } from "./read-dimension.ts";
import type { Scope } from "./scope.ts";
import { writeList } from "./write-value.ts";

const symbols = /^(.*?)([!<>~:^]+=?)(.*)$/s;
const negations = new Set(["not", "no", "without", "except", "excluding", "exclude"]);

/** Null when it is nothing of the kind. */
export function operatorFault(tokens: readonly Token[], scope: Scope): AskFault | null {
  const [first, ...rest] = tokens;
  if (first?.kind !== "word") return null;
  if (negations.has(fold(first.text)))
    return faultOf(first.text, rest[0]?.text, valueAfter(rest.slice(1)), true, scope);
  const inside = symbols.exec(first.text);
  if (inside !== null) {
    const [, name = "", operator = "", value = ""] = inside;
    const hasEquals = value === "" && rest[0]?.kind === "equals";
    const sign = hasEquals ? `${operator}=` : operator;
    return faultOf(sign, name, value || valueAfter(rest), operator.includes("!"), scope);
  }
  const [next, ...behind] = rest;
  const apart = next?.kind === "word" ? /^[!<>~:^]+$/.exec(next.text) : null;
  if (apart === null || next === undefined) return null;
  const sign = behind[0]?.kind === "equals" ? `${next.text}=` : next.text;
  const isNegated = sign === "<>" || sign.includes("!");
  return faultOf(sign, first.text, valueAfter(behind), isNegated, scope);
}

function valueAfter(tokens: readonly Token[]): string {
  return tokens.find(({ kind }) => kind === "word" || kind === "quoted")?.text ?? "";
}

const MOST_OTHERS = 8;

/** With a line to type instead: of what is left out the others, as far as they are few. */
function faultOf(
  operator: string,
  name: string | undefined,
  value: string,
  isNegated: boolean,
  scope: Scope,
): AskFault {
  const dimension = dimensionName(name ?? "", scope.filterable);
  const others = dimension === null ? [] : scope.labels(dimension);
  const wanted = isNegated
    ? others.filter((label) => fold(label) !== fold(value)).slice(0, MOST_OTHERS + 1)
    : [value];
  const isTold = wanted.length > 0 && wanted.length <= MOST_OTHERS && wanted[0] !== "";
  const example = dimension !== null && isTold ? `${dimension}=${writeList(wanted)}` : null;
  return {
    kind: "unsupported_operator",
    operator,
    isNegated,
    line: example === null ? null : `${scope.called} ${example}`,
  };
}
