/**
 * The only reader of the environment and of kpi.yaml. All faults are told at once, by the name of
 * the variable or key and never by its value.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { failed, ok, type Result } from "../result.ts";
import type { Company } from "./company.ts";
import type { ConfigFault } from "./config-fault.ts";
import { type Environment, platformFaults, readEnvironment } from "./environment.ts";
import { defaultCompany, type ReadCompany, readCompany } from "./read-company.ts";
import { type SourcesConfig, sourceFaults, sourcesOf } from "./sources.ts";

export interface Config {
  company: Company;
  /** Where keys stand in kpi.yaml, for a fault that shows only later. */
  placeOf: ReadCompany["placeOf"];
  /** Folder of kpi.yaml, to which its paths are relative. */
  folder: string;
  dataDir: string;
  databaseUrl: string | null;
  /** The user's own database, which mappings may read. */
  sourceDatabaseUrl: string | null;
  /** The restricted login for a company's own SQL; without DATABASE_URL the embedded server makes it. */
  metricsDatabaseUrl: string | null;
  /** What is loaded on schedule; null: nothing is. */
  sources: SourcesConfig | null;
  postgresBin: string | null;
  /** With an app token it is Socket Mode; without one there is a signing secret. */
  slack: SlackConfig | null;
  discord: { token: string; apiUrl: string | null } | null;
  host: string;
  port: number;
  adminHost: string;
  adminPort: number;
  logLevel: Environment["LOG_LEVEL"];
  /** From where the program's clock runs; null: the machine's. */
  clockFrom: Temporal.Instant | null;
}

/** The configuration as far as it is good, the rest as if it were absent, and all that is wrong with it. */
export interface Survey {
  config: Config;
  environment: Environment;
  companyFile: "read" | "absent" | "faulty";
  faults: ConfigFault[];
}

export type SlackConfig = { botToken: string; apiUrl: string | null } & (
  | { appToken: string }
  | { appToken: null; signingSecret: string }
);

/** Reads `env` and the kpi.yaml that it names, or the one in `cwd`; without one all defaults hold. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Result<Config, ConfigFault[]> {
  const { config, faults } = surveyConfig(env, cwd);
  return faults.length > 0 ? failed(faults) : ok(config);
}

export function surveyConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Survey {
  const faults: ConfigFault[] = [];
  const environment = readEnvironment(env, faults);
  // A variable that is wrong is no missing one.
  const wrong = faults.map(({ where }) => where.replace(/_FILE$/, ""));
  const add = (missing: readonly ConfigFault[]): void =>
    void faults.push(...missing.filter(({ where }) => !wrong.some((name) => where.includes(name))));
  add(platformFaults(environment));
  const named = env.KPI_CONFIG ? env.KPI_CONFIG : null;
  const file = path.resolve(cwd, named ?? "kpi.yaml");
  const company = readCompany(file, named !== null, faults);
  if (company !== null) add(sourceFaults(company, environment));
  const absent = named === null && !existsSync(file);
  return {
    config: configOf(environment, company ?? defaultCompany(), file, cwd),
    environment,
    companyFile: company === null ? "faulty" : absent ? "absent" : "read",
    faults,
  };
}

function configOf(
  environment: Environment,
  { company, placeOf }: ReadCompany,
  file: string,
  cwd: string,
): Config {
  const { DISCORD_TOKEN: token } = environment;
  return {
    company,
    placeOf,
    folder: path.dirname(file),
    dataDir: path.resolve(cwd, environment.KPI_DATA_DIR ?? ".kpi"),
    databaseUrl: environment.DATABASE_URL ?? null,
    sourceDatabaseUrl: environment.SOURCE_DATABASE_URL ?? null,
    metricsDatabaseUrl: environment.METRICS_DATABASE_URL ?? null,
    sources: sourcesOf(company, path.dirname(file)),
    postgresBin: environment.POSTGRES_BIN ?? null,
    slack: slackOf(environment),
    discord: token ? { token, apiUrl: environment.DISCORD_API_URL ?? null } : null,
    host: environment.HOST,
    port: environment.PORT,
    adminHost: environment.ADMIN_HOST,
    adminPort: environment.ADMIN_PORT,
    logLevel: environment.LOG_LEVEL,
    clockFrom: environment.KPI_NOW ? Temporal.Instant.from(environment.KPI_NOW) : null,
  };
}

function slackOf(environment: Environment): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = environment;
  if (!botToken) return null;
  const common = { botToken, apiUrl: environment.SLACK_API_URL ?? null };
  if (appToken) return { ...common, appToken };
  const { SLACK_SIGNING_SECRET: signingSecret } = environment;
  return signingSecret ? { ...common, appToken: null, signingSecret } : null;
}
