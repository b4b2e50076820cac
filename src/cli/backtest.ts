import { startClock } from "../clock.ts";
import { dispatch } from "../commands/index.ts";
import { commandContext } from "../contexts.ts";
import { backtestJson, pictureOfBacktest, tellBacktest } from "../wording/index.ts";
import { backtestFile, type FileRules } from "./backtest-file.ts";
import {
  complain,
  complainOf,
  DONE,
  FAILED,
  print,
  readConfig,
  WRONG_USE,
  withData,
  writePicture,
} from "./terminal.ts";
import { toTerminal } from "./to-terminal.ts";

export interface BacktestOptions extends FileRules {
  csv?: string;
  json?: boolean;
  png?: string;
  exact?: boolean;
}

type Told = Parameters<typeof writePicture>[0];

/** Of a metric, whose words are `line`, or of a CSV file. */
export async function backtest(line: string, options: BacktestOptions): Promise<number> {
  if (options.csv === undefined) return ofMetric(line, options);
  if (line !== "") return wrongUse("Name a metric, or give --csv <file>: not both.");
  const config = readConfig();
  if (config === null) return FAILED;
  const now = startClock(config.clockFrom)();
  const tested = await backtestFile(options.csv, options, config.company, now);
  if (!tested.ok) {
    complain(tested.fault.text);
    return tested.fault.status;
  }
  const { locale, currency, theme } = config.company;
  const voice = { locale, currency };
  return tell(
    {
      message: tellBacktest(tested.value, true, voice),
      draw: () => pictureOfBacktest(tested.value, voice, theme),
      data: backtestJson(tested.value),
    },
    options,
  );
}

function ofMetric(line: string, options: BacktestOptions): Promise<number> {
  const { kind, nMin, reset } = options;
  const given = { "--kind": kind, "--n-min": nMin, "--reset": reset };
  const stray = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (stray.length > 0)
    return wrongUse(`${stray.join(" and ")}: only with --csv; a metric has its own.`);
  if (line === "")
    return wrongUse(
      "Say what to test: kpi backtest <metric>, or kpi backtest --csv <file> --kind <kind>",
    );
  return withData(async (data, config, log) => {
    const told = await dispatch(commandContext(config, data, log, "kpi"), `backtest ${line}`, {
      caller: { kind: "terminal" },
      now: startClock(config.clockFrom)(),
      exact: options.exact ?? false,
      week: null,
    });
    if (!told.ok) return complainOf(told.fault, "kpi", options.json);
    return tell(told.value, options);
  });
}

async function tell(told: Told, { json, png }: BacktestOptions): Promise<number> {
  print(json ? JSON.stringify(told.data, null, 2) : toTerminal(told.message));
  return png === undefined ? DONE : writePicture(told, () => png);
}

async function wrongUse(text: string): Promise<number> {
  complain(text);
  return WRONG_USE;
}
