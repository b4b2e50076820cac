import { ask } from "./ask.ts";
import { withData } from "./with-data.ts";

export interface QueryOptions {
  week?: string;
  json?: boolean;
  png?: string;
  exact?: boolean;
  csv?: string;
}

/** `line` is what follows `/kpi`. */
export function query(line: string, options: QueryOptions): Promise<number> {
  const { png } = options;
  return withData((session) =>
    ask(session, line, "kpi query", options, png === undefined ? null : () => png),
  );
}
