/** The load on schedule: what `sources` and `mapping` of kpi.yaml say of it together. */
import path from "node:path";
import type { ConfigFault } from "./config-fault.ts";
import type { Environment } from "./environment.ts";
import type { ReadCompany } from "./read-company.ts";

export interface SourcesConfig {
  /** Wall time of each day. */
  every: string;
  /** The mapping file; null: the folder holds a file a table. */
  mapping: string | null;
  /** A folder of CSV files; null: there are none, or they lie beside the mapping. */
  folder: string | null;
}

/** What `sources.from` says in the place of a folder. */
const OWN_DATABASE = "SOURCE_DATABASE_URL";

export function sourcesOf(company: ReadCompany["company"], home: string): SourcesConfig | null {
  const { sources } = company;
  if (sources === undefined) return null;
  const { every, from } = sources;
  const folder = from === OWN_DATABASE ? null : path.resolve(home, from);
  const { mapping } = company;
  return { every, mapping: mapping === undefined ? null : path.resolve(home, mapping), folder };
}

/** What is not there and a load from one's own database needs. */
export function sourceFaults(
  { company, placeOf }: ReadCompany,
  { SOURCE_DATABASE_URL: url }: Environment,
): ConfigFault[] {
  if (company.sources?.from !== OWN_DATABASE) return [];
  const faults: ConfigFault[] = [];
  if (url === undefined)
    faults.push({
      where: OWN_DATABASE,
      isMissing: true,
      problem: `it is missing, and ${placeOf(["sources", "from"])} reads from it`,
      next: "Set it to an address such as postgres://user:password@host:5432/database, of a login that may read.",
    });
  if (company.mapping === undefined)
    faults.push({
      where: placeOf(["sources", "from"]),
      isMissing: true,
      problem: "no mapping says how the tables of that database become the source tables",
      next: "Name a mapping file in kpi.yaml, mapping; docs/importing.md has one.",
    });
  return faults;
}
