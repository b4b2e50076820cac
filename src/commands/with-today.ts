import { type QueryFault, weekOf } from "../metrics/index.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { calendarOf } from "./parse-query.ts";

/** A week that has not begun is another mistake than one whose data are missing. */
export function withToday(context: CommandContext, ask: Ask, fault: QueryFault): AskFault {
  if (fault.kind !== "week_out_of_range") return fault;
  const { today, weekStarts } = calendarOf(context, ask);
  return fault.week > weekOf(today, weekStarts) ? { ...fault, kind: "future_week" } : fault;
}
