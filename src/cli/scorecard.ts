import path from "node:path";
import { startClock } from "../clock.ts";
import { dispatch, writeValue } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import { complainOf, DONE, print, withData, writePicture } from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";

/** The same scorecard that is posted on Mondays, with everything that the terminal may see. */
export function scorecard(options: {
  week?: string;
  team?: string;
  json?: boolean;
  out?: string;
}): Promise<number> {
  return withData(async (data, config, log) => {
    const context = commandContext(config, data, log, "kpi");
    const line = options.team === undefined ? "scorecard" : `scorecard ${writeValue(options.team)}`;
    const told = await dispatch(context, line, {
      caller: { kind: "terminal" },
      now: startClock(config.clockFrom)(),
      exact: false,
      week: options.week ?? null,
    });
    if (!told.ok) return complainOf(told.fault, "kpi");
    print(options.json ? JSON.stringify(told.value.data, null, 2) : toTerminal(told.value.message));
    const { out } = options;
    if (out === undefined) return DONE;
    return writePicture(told.value, ({ filename }) => path.join(out, filename));
  });
}
