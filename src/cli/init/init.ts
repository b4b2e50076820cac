/** `kpi init`: looks at what somebody has, and writes a mapping for it and a kpi.yaml to begin with. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startClock } from "../../clock.ts";
import type { Config } from "../../config/index.ts";
import type { Sql } from "../../db/index.ts";
import {
  type ProposedMapping,
  type ProposeRequest,
  proposeMapping,
  tellFileFault,
} from "../../ingest/index.ts";
import { errorFields } from "../../log.ts";
import {
  type Catalogue,
  loadCatalogue,
  type UsageMeasure,
  usageMeasures,
} from "../../metrics/catalogue/index.ts";
import { type Coverage, coverage, heldNeeds, needsOf } from "../../metrics/index.ts";
import { openSource } from "../../source-database.ts";
import { ProgressBar } from "../progress-bar.ts";
import { complain, DONE, FAILED, print, readConfig, STOPPED, WRONG_USE } from "../terminal.ts";
import { type Session, withData } from "../with-data.ts";
import { startingConfig, usageMeasure } from "./starting-config.ts";
import { tellProposal } from "./tell-proposal.ts";

export interface InitArguments {
  dir?: string;
  schema?: string;
  mapping: string;
  force?: boolean;
}

/** Writes nothing over what is there, unless `--force` says so, and then the mapping alone. */
export async function init(options: InitArguments): Promise<number> {
  const { dir, schema, force = false } = options;
  if (dir !== undefined && schema !== undefined)
    return wrongUse("--dir and --schema: say one of them, where your data is.");
  const file = path.resolve(options.mapping);
  if (existsSync(file) && !force)
    return wrongUse(
      `${options.mapping} is there already, and stays as it is. Name another with --mapping <file>, or write over it with --force.`,
    );
  const config = readConfig();
  if (config === null) return FAILED;
  if (fromOf(options, config) === null) return wrongUse(whereFrom(options));
  return withData(async (session) => {
    let held: ReadonlySet<string> = new Set();
    const catalogues = await cataloguesBy(session);
    const needs = needsOf([...catalogues.values()].flatMap(({ metrics }) => metrics));
    const proposed = await propose(session, options, async (sql) => {
      held = await heldNeeds(sql, needs);
    });
    if (!proposed.ok) {
      if (proposed.fault.kind === "interrupted") return STOPPED;
      complain(`${tellFileFault(proposed.fault)}\nNothing was written.`);
      return FAILED;
    }
    const measure = usageMeasure(proposed.value.proposal) ?? session.data.settings.usageMeasure;
    const catalogue = catalogues.get(measure) ?? session.data.catalogue;
    return keep(session, options, proposed.value, coverageOf(proposed.value, catalogue, held));
  }, "Nothing was written.");
}

/**
 * The metrics by what use is measured by: of a company that begins, the proposal says by what. One that
 * has a kpi.yaml says it there.
 */
async function cataloguesBy({ data, config }: Session): Promise<Map<UsageMeasure, Catalogue>> {
  const { settings } = data;
  const found = new Map([[settings.usageMeasure, data.catalogue]]);
  if (existsSync(companyFile(config))) return found;
  for (const usageMeasure of usageMeasures) {
    if (found.has(usageMeasure)) continue;
    const loaded = await loadCatalogue({ ...settings, usageMeasure });
    if (loaded.ok) found.set(usageMeasure, loaded.value);
  }
  return found;
}

function companyFile(config: Config): string {
  return path.join(config.folder, "kpi.yaml");
}

function coverageOf(
  { report }: ProposedMapping,
  catalogue: Catalogue,
  held: ReadonlySet<string>,
): Coverage {
  const taken = report?.tables.filter(({ read, rejected }) => read > rejected) ?? [];
  return coverage(catalogue, new Set(taken.map(({ table }) => table)), held);
}

/** Null: nobody said where the data are. */
function fromOf({ dir, schema }: InitArguments, config: Config): ProposeRequest["from"] | null {
  if (dir !== undefined) return { folder: path.resolve(dir) };
  if (config.sourceDatabaseUrl !== null) return { schema: schema ?? null };
  return schema !== undefined && config.databaseUrl !== null ? { ownSchema: schema } : null;
}

function whereFrom({ schema }: InitArguments): string {
  return schema === undefined
    ? "Say where your data is: kpi init --dir <folder of CSV files>, or set SOURCE_DATABASE_URL to your own database, perhaps with --schema <schema>."
    : "Neither SOURCE_DATABASE_URL nor DATABASE_URL is set: one of them names the database that --schema is in.";
}

async function propose(
  { data, config, log, signal }: Session,
  options: InitArguments,
  onRehearsed: (sql: Sql) => Promise<void>,
) {
  const { dir, schema = null } = options;
  const bar = new ProgressBar(process.stderr);
  const source = openSource(config, log, signal);
  const from = fromOf(options, config);
  if (from === null) throw new Error("nobody said where the data are");
  const command = [
    "kpi init",
    ...(dir ? ["--dir", dir] : []),
    ...(schema ? ["--schema", schema] : []),
  ].join(" ");
  try {
    return await proposeMapping(data.work, {
      from,
      command,
      onRehearsed,
      source,
      now: startClock(config.clockFrom)(),
      timeZone: config.company.time_zone,
      catalogue: data.catalogue,
      signal,
      onRead: (reading) => bar.update(reading),
    });
  } finally {
    await source?.close();
    bar.clear();
  }
}

/** What was found is told in any case; a mapping of nothing is not written. */
async function keep(
  { config }: Session,
  options: InitArguments,
  proposed: ProposedMapping,
  covered: Coverage,
): Promise<number> {
  if (proposed.report === null) {
    print(tellProposal(proposed, covered, null));
    return FAILED;
  }
  const mapping = path.resolve(options.mapping);
  const company = companyFile(config);
  const startsCompany = !existsSync(company);
  try {
    await mkdir(path.dirname(mapping), { recursive: true });
    await writeFile(mapping, proposed.text, { flag: options.force ? "w" : "wx" });
    if (startsCompany)
      await writeFile(company, startingConfig(proposed, path.relative(config.folder, mapping)), {
        flag: "wx",
      });
  } catch (error) {
    complain(`${options.mapping} cannot be written (${errorFields(error).code}).`);
    return FAILED;
  }
  const wrote = {
    mapping: options.mapping,
    dir: options.dir ?? null,
    company: startsCompany ? "kpi.yaml" : null,
  };
  print(tellProposal(proposed, covered, wrote));
  return DONE;
}

function wrongUse(text: string): number {
  complain(text);
  return WRONG_USE;
}
