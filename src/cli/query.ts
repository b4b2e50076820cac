import { writeFile } from "node:fs/promises";
import { dispatch } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import { tellFault } from "../wording/index.ts";
import { complain, DONE, FAILED, print, WRONG_USE, withData } from "./terminal.ts";
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
      now: Temporal.Now.instant(),
      exact: options.exact ?? false,
      week: options.week ?? null,
    });
    if (!told.ok) {
      complain(toTerminal(tellFault(told.fault, "kpi query")));
      return told.fault.kind === "no_data" || told.fault.kind === "broken" ? FAILED : WRONG_USE;
    }
    print(options.json ? JSON.stringify(told.value.data, null, 2) : toTerminal(told.value.message));
    if (options.png === undefined) return DONE;
    const picture = await told.value.draw?.();
    if (!picture) {
      complain("There is no picture for this answer.");
      return FAILED;
    }
    await writeFile(options.png, picture.png);
    complain(`picture: ${options.png}`);
    return DONE;
  });
}
