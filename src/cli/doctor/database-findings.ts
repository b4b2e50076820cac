/** Whether the database answers, is of an age that is known, has its tables and has data. */
import type { DatabaseState } from "../../db/index.ts";
import type { BrokenView, UnindexedView } from "../../ingest/index.ts";
import type { StartFault } from "../../main.ts";
import type { SourceState } from "../../metrics/index.ts";
import { tellBrokenView } from "../tell-broken-view.ts";
import { tellStartFault } from "../tell-start-fault.ts";
import { check, type Finding, fine, missing, wrong } from "./finding.ts";
import type { MetricsLoginLook } from "./look-at-metrics-login.ts";
import { metricsLoginFindings } from "./metrics-login-findings.ts";
import { silentFindings } from "./silent-findings.ts";

export type DatabaseLook =
  | {
      kind: "closed";
      fault: Extract<StartFault, { kind: "embedded" | "database" | "interrupted" }>;
    }
  | {
      kind: "open";
      embedded: boolean;
      /** As PostgreSQL counts: 180004. */
      version: number;
      state: DatabaseState;
      pending: readonly string[];
      /** Whether the login may make the schema of the queue, or owns it. */
      mayQueue: boolean;
      /** The login of the company's own SQL. */
      metricsLogin: MetricsLoginLook;
      /** The latest load on schedule, if it fails. */
      load: { period: string; failures: number } | null;
      /** Null while there are no tables to hold any, or no catalogue to read them by. */
      sources: SourceState | null;
      /** Views that no longer give what their table needs. */
      broken: readonly BrokenView[];
      /** Views of which a week is read by going through a whole table of the user's. */
      unindexed: readonly UnindexedView[];
    };

export function databaseFindings(look: DatabaseLook): Finding[] {
  if (look.kind === "closed") {
    // The first sentence says what is wrong, the others what to do.
    const [said = "", ...next] = tellStartFault(look.fault).split(/(?<=[.)])\s+/);
    return [
      wrong(
        "database",
        said.replace(/\.$/, ""),
        next.join(" ") || "See docs/reference.md, Environment.",
      ),
    ];
  }
  const name = `PostgreSQL ${Math.floor(look.version / 10_000)}${look.embedded ? ", embedded" : ""}`;
  return [
    look.version < oldest
      ? wrong("database", `${name} is too old`, "Use PostgreSQL 15 or newer.")
      : fine("database", `${name}, answers`),
    ...(look.state === "ready"
      ? []
      : [
          wrong(
            "database",
            `it is ${look.state === "away" ? "away" : "read-only"}`,
            "Name the primary in DATABASE_URL, or wait until it has taken over.",
          ),
        ]),
    schemaFinding(look.pending),
    ...(look.mayQueue ? [] : [queueFinding()]),
    ...metricsLoginFindings(look.metricsLogin),
    ...(look.load === null ? [] : [loadFinding(look.load)]),
    ...(look.sources === null ? [] : dataFindings(look.sources)),
    ...look.broken.map((view) => wrong("views", ...tellBrokenView(view))),
    ...look.unindexed.map(unindexedFinding),
  ];
}

const oldest = 150_000;

function queueFinding(): Finding {
  return wrong(
    "jobs",
    "the login may not make the schema pgboss, without which kpi serve does not start",
    "As an administrator of the database: CREATE SCHEMA pgboss AUTHORIZATION <login>, or GRANT CREATE ON DATABASE <database> TO <login>.",
  );
}

function unindexedFinding({ table, time, scanned, rows }: UnindexedView): Finding {
  return check(
    "views",
    `a week of ${table} is read by going through all ${rows.toLocaleString("en-GB")} rows of ${scanned}`,
    `Make an index on what ${time} is made of there, in its own type: a cast in the view hides it.`,
  );
}

function loadFinding({ period, failures }: { period: string; failures: number }): Finding {
  return wrong(
    "sources",
    `the load of ${period} has failed ${counted(failures, "time")}, and is tried again`,
    "Look into the log for sources_not_loaded; kpi import with the same mapping or folder tells all that is wrong.",
  );
}

function schemaFinding(pending: readonly string[]): Finding {
  if (pending.length === 0) return fine("schema", "up to date");
  if (pending.some((name) => name.startsWith("0001_")))
    return missing(
      "schema",
      "the database has no tables yet",
      "They are made by the first command that needs them: kpi import, or kpi migrate.",
    );
  return missing(
    "schema",
    `${counted(pending.length, "migration")} not applied (${pending.join(", ")})`,
    "Run: kpi migrate (kpi serve does so too).",
  );
}

function dataFindings(state: SourceState): Finding[] {
  const { loaded, behind, silent, lastWeek } = state;
  if (loaded.length === 0)
    return [
      missing(
        "data",
        "nothing has been loaded",
        "Run: kpi import <table> <file.csv>, or kpi import --dir <folder> (README, On your own data).",
      ),
    ];
  return [
    fine("data", `${counted(loaded.length, "table")} loaded: ${loaded.join(", ")}`),
    behind.length === 0
      ? fine("freshness", `complete for the week of ${lastWeek}`)
      : missing(
          "freshness",
          `not complete for the week of ${lastWeek}: ${endings(behind)}`,
          "Import the newer rows, or say with --complete-through that there are none.",
        ),
    ...refreshFindings(state),
    ...silentFindings(silent),
  ];
}

/** `accounts, tickets end with the week of 2024-12-23`: tables of one export mostly end together. */
function endings(behind: SourceState["behind"]): string {
  return [...Map.groupBy(behind, ({ through }) => through)]
    .map(([through, ends]) => {
      const tables = listed(ends.map(({ table }) => table).sort());
      return `${tables} ${ends.length === 1 ? "ends" : "end"} with the week of ${through}`;
    })
    .join("; ");
}

function refreshFindings({ uncomputed, unjudged }: SourceState): Finding[] {
  const why = [
    ...(uncomputed.length > 0
      ? [`${listed(uncomputed)}: rows that came, changed or went are not computed yet`]
      : []),
    ...(unjudged.length > 0
      ? [
          `${listed(unjudged)}: no verdicts yet: no refresh has come to them since they, or the settings of kpi.yaml, are as they are`,
        ]
      : []),
  ];
  return why.map((said) => missing("refresh", said, "Run: kpi refresh."));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(", ");
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
