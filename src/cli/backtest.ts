import { startClock } from "../clock.ts";
import { backtestJson, pictureOfBacktest, tellBacktest } from "../wording/index.ts";
import { ask, show } from "./ask.ts";
import { backtestFile, type FileRules } from "./backtest-file.ts";
import { complain, FAILED, readConfig, WRONG_USE } from "./terminal.ts";
import { withData } from "./with-data.ts";

export interface BacktestOptions extends FileRules {
  csv?: string;
  json?: boolean;
  png?: string;
  exact?: boolean;
}

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
  return show(
    {
      message: tellBacktest(tested.value, true, voice),
      draw: () => pictureOfBacktest(tested.value, voice, theme),
      data: backtestJson(tested.value),
      metrics: [],
    },
    options.json ?? false,
    pictureFile(options),
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
  return withData((session) =>
    ask(session, `backtest ${line}`, "kpi", options, pictureFile(options)),
  );
}

function pictureFile({ png }: BacktestOptions): (() => string) | null {
  return png === undefined ? null : () => png;
}

async function wrongUse(text: string): Promise<number> {
  complain(text);
  return WRONG_USE;
}
