/** The driver that a line begins with: by its code, or by its name, which several may share. */
import type { Driver } from "../metrics/catalogue/index.ts";
import type { AskFault } from "../wording/index.ts";
import { fold, plainName } from "./fold-text.ts";
import { isKeyword } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { codeNames, textOf } from "./name-index.ts";

export interface NamedDrivers {
  /** As typed. */
  typed: string;
  /** All that it may mean; none: it names no driver. */
  drivers: readonly Driver[];
  rest: readonly Token[];
}

/** What stands before the first keyword is the name. */
export function nameDriver(drivers: readonly Driver[], tokens: readonly Token[]): NamedDrivers {
  const at = tokens.findIndex(isKeyword);
  const named = at === -1 ? tokens : tokens.slice(0, at);
  const typed = textOf(named);
  const name = plainName(typed);
  const meant = drivers.filter((driver) => namesOf(driver).includes(name));
  return { typed, drivers: name === "" ? [] : meant, rest: tokens.slice(named.length) };
}

/** Of the drivers beside it: C.3.1 and its like for C.3.9. */
export function nearCodes(drivers: readonly Driver[], code: string): string[] {
  const beside = (one: string): string => fold(one).replace(/\.\d+$/, "");
  return drivers.map((driver) => driver.code).filter((each) => beside(each) === beside(code));
}

function namesOf({ code, name }: Driver): string[] {
  return [...codeNames(code), name, `${code} ${name}`].map(plainName);
}

/** Which of several is meant, each as a line to type. */
export function whichDriver(
  { typed, drivers }: NamedDrivers,
  before: string,
  after: string,
): AskFault {
  const candidates = drivers.map(({ code, name }) => ({
    metric: code,
    name,
    code,
    line: [before, code, after].filter(Boolean).join(" "),
  }));
  return { kind: "ambiguous", phrase: typed, candidates, of: "driver" };
}
