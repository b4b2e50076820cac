import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { dispatch } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import { tellFault } from "../wording/index.ts";
import { complain, DONE, FAILED, print, withData } from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";

export function scorecard(options: {
  week?: string;
  json?: boolean;
  out?: string;
}): Promise<number> {
  return withData(async (data, config, log) => {
    const context = commandContext(config, data, log, "kpi");
    const told = await dispatch(context, "scorecard", {
      caller: { kind: "terminal" },
      now: Temporal.Now.instant(),
      exact: false,
      week: options.week ?? null,
    });
    if (!told.ok) {
      complain(toTerminal(tellFault(told.fault, "kpi")));
      return FAILED;
    }
    print(options.json ? JSON.stringify(told.value.data, null, 2) : toTerminal(told.value.message));
    if (options.out === undefined) return DONE;
    await mkdir(options.out, { recursive: true });
    const picture = await told.value.draw?.();
    if (!picture) return FAILED;
    const file = path.join(options.out, picture.filename);
    await writeFile(file, picture.png);
    complain(`picture: ${file}`);
    return DONE;
  });
}
