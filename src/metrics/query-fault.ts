import type { Grain } from "../periods.ts";
import type { Filters, WeekStart } from "./answer.ts";
import type { Need } from "./catalogue/need.ts";
import type { OwnSqlFault } from "./own-sql-failed.ts";

/** Why a query cannot be answered. Values are told only from what the asker may see: by commands. */
export type QueryFault =
  | { kind: "unknown_metric"; word: string; nearest: readonly string[] }
  | {
      kind: "unknown_dimension";
      metric: string;
      word: string;
      allowed: readonly string[];
      /** Of those allowed, what may have been meant. */
      nearest?: readonly string[];
      /** Names of other metrics that have it. */
      elsewhere?: readonly string[];
      /** Asked for as a filter, and not to cut by. */
      isFilter?: boolean;
      /** What to type instead; absent: the metric by its first dimension. */
      lines?: readonly string[];
    }
  | {
      kind: "unknown_value";
      dimension: string;
      value: string;
      nearest: readonly string[];
      allowed: readonly string[];
    }
  | { kind: "bad_tenure"; word: string }
  /** The metric describes no cohorts, so none can be asked for by name. */
  | { kind: "no_cohort"; metric: string }
  | {
      kind: "week_out_of_range";
      week: WeekStart;
      first: WeekStart | null;
      last: WeekStart | null;
      grain?: Grain;
    }
  /** Months and quarters have no windows, cohorts by name or targets, and growth a week is none of theirs. */
  | {
      kind: "only_by_weeks";
      metric: string;
      name: string;
      what: "window" | "cohort" | "target" | "metric";
    }
  /** `sources` were never loaded; of `needs`, tables that were, no row is of the kind. */
  | { kind: "no_data"; metric: string; sources: readonly string[]; needs: readonly Need[] }
  /** The company's own definition of it, or of a part of it, cannot be computed. */
  | OwnSqlFault
  /** The figures would be of too few accounts, or leave too few out; `wider`: the nearest filters that do not. */
  | {
      kind: "too_few_accounts";
      metric: string;
      name: string;
      wider: Filters | null;
      grain?: Grain;
    }
  /** A cut of a sensitive metric that no count of accounts makes safe to tell in chat. */
  | { kind: "not_cut_in_chat"; metric: string; name: string; dimension: string };
