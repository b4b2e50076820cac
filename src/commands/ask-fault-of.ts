import type { Filters, QueryFault } from "../metrics/index.ts";
import { periodOf } from "../periods.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { calendarOf } from "./parse-query.ts";

/**
 * What the metrics say is wrong, as it is told to who asked: a week that has not begun is another
 * mistake than one whose data are missing, and filters that may be asked for are a line to type.
 */
export function askFaultOf(
  context: CommandContext,
  ask: Ask,
  fault: QueryFault,
  lineWith: (filters: Filters) => string,
): AskFault {
  if (fault.kind === "too_few_accounts") {
    const { kind, name, wider, grain } = fault;
    const line = wider === null ? null : lineWith(wider);
    return { kind, name, line, ...(grain && { grain }) };
  }
  if (fault.kind !== "week_out_of_range") return fault;
  const { today, weekStarts } = calendarOf(context, ask);
  return fault.week > periodOf(today, weekStarts, fault.grain)
    ? { ...fault, kind: "future_week" }
    : fault;
}
