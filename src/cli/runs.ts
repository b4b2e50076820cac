import { ask } from "./ask.ts";
import { withData } from "./with-data.ts";

export interface RunsOptions {
  report?: string;
  week?: string;
  json?: boolean;
}

/** `words`: an order and what it is about; none lists the posts. */
export function runs(words: readonly string[], options: RunsOptions): Promise<number> {
  const { report, week, json } = options;
  const asked = words.length === 0 && report !== undefined ? [report] : words;
  const line = ["runs", ...asked].join(" ");
  return withData((session) => ask(session, line, "kpi", { week, json }, null));
}
