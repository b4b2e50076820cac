import type { WeekStart } from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { keywordOf } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { calendarOf } from "./parse-query.ts";
import { isBareWeek, readWeek, weekOfText } from "./read-week.ts";

export interface NameAndWeek {
  /** What stands before the week: whose name it is, the command knows. */
  named: readonly Token[];
  /** Null: the line says none. */
  week: WeekStart | null;
}

/** `<name> week <w>`, of which either may be missing. `expected`: what may stand there, for who typed something else. */
export function readNameAndWeek(
  context: CommandContext,
  ask: Ask,
  { expected, example }: { expected: readonly string[]; example: string },
): Result<NameAndWeek, AskFault> {
  const { tokens } = ask;
  const calendar = calendarOf(context, ask);
  const at = tokens.findIndex((token) => keywordOf(token) !== null || isBareWeek(token));
  const [named, rest] = at === -1 ? [tokens, []] : [tokens.slice(0, at), tokens.slice(at)];
  const beside = ask.week === null ? null : weekOfText(ask.week, calendar);
  if (ask.week !== null && beside === null) return failed({ kind: "bad_week", word: ask.week });
  if (rest.length === 0) return ok({ named, week: beside });
  const [keyword, next] = rest;
  const isWeek = keywordOf(keyword) === "week";
  if (isWeek && next === undefined)
    return failed({ kind: "word_without_value", word: "week", example });
  // "this week" and "last week" are weeks by themselves.
  const read = readWeek(isWeek ? rest.slice(1) : rest, calendar);
  if (read === null && isWeek) return failed({ kind: "bad_week", word: next?.text ?? "" });
  const stranger = read === null ? keyword : rest[(isWeek ? 1 : 0) + read.taken];
  if (read === null || stranger !== undefined)
    return failed({ kind: "unknown_word", word: stranger?.text ?? "", expected });
  return ok({ named, week: read.first });
}
