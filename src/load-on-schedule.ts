/** The load that kpi.yaml plans, of what ingest can do and with what the reports ask for. */
import path from "node:path";
import type { Config } from "./config/index.ts";
import { type ImportFault, type ImportReport, loadSources } from "./ingest/index.ts";
import type { Log } from "./log.ts";
import type { Data } from "./open-data.ts";
import type { LoadFault, ReportSources, ToldLoad } from "./reports/index.ts";
import { ok } from "./result.ts";
import { openSource } from "./source-database.ts";

/** Null where kpi.yaml plans none. */
export function loadOnSchedule(config: Config, data: Data, log: Log): ReportSources | null {
  const { sources, company, dataDir } = config;
  if (sources === null) return null;
  const { every, mapping, folder } = sources;
  const { time_zone: timeZone } = company;
  return {
    rule: { weekday: null, wallTime: every, timeZone },
    load: async (now, signal) => {
      const source = openSource(config, log, signal);
      const loading = loadSources(data.work, {
        mapping,
        folder,
        source,
        now,
        timeZone,
        signal,
        catalogue: data.catalogue,
        rejectionsFile: path.join(dataDir, "rejected", "sources.csv"),
      });
      const loaded = await loading.finally(() => source?.close());
      return loaded.ok ? ok(toldOf(loaded.value)) : { ok: false, fault: faultOf(loaded.fault) };
    },
  };
}

function toldOf({ source: from, tables }: ImportReport): ToldLoad {
  return {
    kind: "load",
    from: path.basename(from),
    tables: tables.map(({ table, read, new: added, changed, deleted, rejected, ...rest }) => {
      const { completeThrough } = rest;
      return { table, read, new: added, changed, deleted, rejected, completeThrough };
    }),
  };
}

function faultOf(fault: ImportFault): LoadFault {
  if (fault.kind === "interrupted") return { kind: "interrupted" };
  const { kind } = fault;
  const code = kind === "source_database" ? kind : `source_${kind}`;
  const about = "code" in fault ? fault.code : "sqlState" in fault ? fault.sqlState : "";
  return { kind: "failed", code, about };
}
