import { ask } from "./ask.ts";
import { withData } from "./with-data.ts";

/** `line` is what follows `/kpi target`; whoever has the terminal is an operator. */
export function target(line: string, options: { json?: boolean }): Promise<number> {
  return withData((session) => ask(session, `target ${line}`, "kpi", options, null));
}
