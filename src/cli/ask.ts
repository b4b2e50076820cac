/** What query, scorecard and backtest have in common: a line of words, answered on the terminal. */
import { startClock } from "../clock.ts";
import { dispatch, type Told } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import type { Picture } from "../message.ts";
import { waitingTables } from "../metrics/index.ts";
import type { Data } from "../open-data.ts";
import { type AskFault, tellFault } from "../wording/index.ts";
import { complain, DONE, print, STOPPED, statusOf, writeCsv, writePicture } from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";
import type { Session } from "./with-data.ts";

export interface AskOptions {
  week?: string | undefined;
  json?: boolean | undefined;
  exact?: boolean | undefined;
  /** A file to write the numbers to. */
  csv?: string | undefined;
}

type FileFor = (picture: Picture) => string;

/** `line` is what follows `/kpi`; `called` is what a person types before it. `file` null: no picture. */
export async function ask(
  { data, config, log, signal }: Session,
  line: string,
  called: string,
  options: AskOptions,
  file: FileFor | null,
): Promise<number> {
  const told = await dispatch(commandContext(config, data, log, called), line, {
    caller: { kind: "terminal" },
    now: startClock(config.clockFrom)(),
    exact: options.exact ?? false,
    week: options.week ?? null,
  });
  // Whatever it came to: the database was taken away from it.
  if (!told.ok && signal.aborted) return STOPPED;
  if (told.ok) {
    const shown = await show(told.value, options.json ?? false, file);
    if (!options.exact && !options.json) await tellWaiting(data, told.value);
    return options.csv === undefined || shown !== DONE ? shown : writeCsv(told.value, options.csv);
  }
  return refuse(told.fault, called, options.json ?? false);
}

/** Bots refresh by themselves; on a terminal one forgets, and the old numbers look like the new ones. */
async function tellWaiting({ work, catalogue }: Data, { metrics }: Told): Promise<void> {
  if (metrics.length === 0) return;
  const read = new Set(metrics.flatMap((id) => catalogue.get(id)?.reads ?? []));
  const tables = (await waitingTables(work)).filter((table) => read.has(table));
  if (tables.length > 0)
    complain(
      `Rows of ${tables.join(", ")} have come since the last refresh: kpi refresh brings them in.`,
    );
}

/** The answer on stdout, and the picture in its file. */
export async function show(told: Told, json: boolean, file: FileFor | null): Promise<number> {
  print(json ? JSON.stringify(told.data, null, 2) : toTerminal(told.message));
  if (file === null && !json) tellReach(told);
  return file === null ? DONE : writePicture(told, file);
}

/** `since 1 Sept` is of the chart alone: without one the number would be taken for those weeks' sum. */
function tellReach({ line = "" }: Told): void {
  const [reach, period = ""] = /\blast \d+ (week|month|quarter)s?\b/.exec(line) ?? [];
  if (reach === undefined) return;
  const own = period === "week" ? "weeks" : period;
  complain(
    `The number is of the ${own} named under it. Its chart of the ${reach} is drawn with --png <file>, and --json has their numbers.`,
  );
}

/** In words on stderr; as data on stdout too, for programs go by the code and not by the words. */
function refuse(fault: AskFault, called: string, json: boolean): number {
  const message = tellFault(fault, called);
  if (json) {
    const { kind: code, ...about } = fault;
    const candidates = fault.kind === "ambiguous" ? { candidates: fault.candidates } : {};
    const told = { fault: { code, message: message.summary, ...about }, ...candidates };
    print(JSON.stringify(told, null, 2));
  }
  complain(toTerminal(message));
  return statusOf(fault);
}
