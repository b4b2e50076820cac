import { startClock } from "../clock.ts";
import { dispatch } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import { tellFault } from "../wording/index.ts";
import { complain, DONE, print, statusOf, withData, writePicture } from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";

export interface QueryOptions {
  week?: string;
  json?: boolean;
  png?: string;
  exact?: boolean;
}

/** `line` is what follows `/kpi`. */
export function query(line: string, options: QueryOptions): Promise<number> {
  return withData(async (data, config, log) => {
    const context = commandContext(config, data, log, "kpi query");
    const told = await dispatch(context, line, {
      caller: { kind: "terminal" },
      now: startClock(config.clockFrom)(),
      exact: options.exact ?? false,
      week: options.week ?? null,
    });
    if (!told.ok) {
      const { fault } = told;
      // A choice is a result for a script, and wrong use all the same.
      if (options.json && fault.kind === "ambiguous")
        print(JSON.stringify({ candidates: fault.candidates }, null, 2));
      complain(toTerminal(tellFault(fault, "kpi query")));
      return statusOf(fault);
    }
    print(options.json ? JSON.stringify(told.value.data, null, 2) : toTerminal(told.value.message));
    const { png } = options;
    return png === undefined ? DONE : writePicture(told.value, () => png);
  });
}
