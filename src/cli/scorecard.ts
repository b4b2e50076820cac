import path from "node:path";
import { writeValue } from "../commands/index.ts";
import { ask } from "./ask.ts";
import { withData } from "./with-data.ts";

export interface ScorecardOptions {
  week?: string;
  team?: string;
  json?: boolean;
  out?: string;
  csv?: string;
}

/** The same scorecard that is posted on Mondays, with everything that the terminal may see; a team's as in chat. */
export function scorecard(
  named: string | undefined,
  { week, team = named, json, out, csv }: ScorecardOptions,
): Promise<number> {
  const line = team === undefined ? "scorecard" : `scorecard ${writeValue(team)}`;
  return withData((session) =>
    ask(
      session,
      line,
      "kpi",
      { week, json, csv },
      out === undefined ? null : ({ filename }) => path.join(out, filename),
    ),
  );
}
