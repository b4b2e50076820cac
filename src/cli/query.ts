import { startClock } from "../clock.ts";
import { dispatch } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import { complainOf, DONE, print, withData, writePicture } from "./terminal.ts";
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
    if (!told.ok) return complainOf(told.fault, "kpi query", options.json);
    print(options.json ? JSON.stringify(told.value.data, null, 2) : toTerminal(told.value.message));
    const { png } = options;
    return png === undefined ? DONE : writePicture(told.value, () => png);
  });
}
