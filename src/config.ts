/**
 * The only reader of the environment and of kpi.yaml. All faults are told at once, by the name of
 * the variable or key and never by its value.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { failed, ok, type Result } from "./result.ts";

export interface ConfigFault {
  /** The variable, or file:line and key. */
  where: string;
  problem: string;
  /** What to do about it. */
  next: string;
}

const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
const channel = z
  .string()
  .regex(/^(slack|discord):[A-Za-z0-9]+$/, "written slack:<id> or discord:<id>");
const team = z.strictObject({
  channels: z.array(channel).default([]),
  mention: channel.optional(),
  members: z.array(channel).default([]),
});
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "09:00", in quotes');
const timeZone = z.string().refine(isTimeZone, "an IANA time zone such as Europe/London");

const companySchema = z.strictObject({
  time_zone: timeZone.default("UTC"),
  week_starts: z.enum(weekdays).default("monday"),
  fiscal_year_starts: z.int().min(1).max(12).default(1),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "an ISO currency code such as USD")
    .default("USD"),
  locale: z.string().refine(isLocale, "a locale such as en-GB").default("en-GB"),
  owner: channel.optional(),
  catalogue: z.string().optional(),
  mapping: z.string().optional(),
  teams: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a team's name in capitals, such as GTM"), team)
    .default({}),
  channels: z
    .record(
      channel,
      z.strictObject({
        sensitive: z.boolean().default(false),
        reply: z.enum(["public", "private"]).default("public"),
        muted: z.array(z.string()).default([]),
      }),
    )
    .default({}),
  scorecard: z
    .strictObject({
      channels: z.array(channel).default([]),
      day: z.enum(weekdays).default("monday"),
      at: wallTime.default("09:00"),
      hold_until: wallTime.optional(),
      metrics: z.array(z.string()).optional(),
    })
    .prefault({}),
  breakdowns: z
    .strictObject({ day: z.enum(weekdays).default("monday"), at: wallTime.default("09:00") })
    .optional(),
  operators: z.array(channel).default([]),
  viewers: z.strictObject({ sensitive: z.array(channel).optional() }).prefault({}),
  sources: z.strictObject({ every: wallTime, from: z.string() }).optional(),
  metrics: z
    .strictObject({
      usage_measure: z.enum(["tokens", "api_calls", "core_events"]).default("tokens"),
      arr_basis: z.enum(["contracted", "run_rate"]).default("contracted"),
      adoption: z
        .strictObject({ weeks: z.int().positive().default(7), of: z.int().positive().default(13) })
        .prefault({}),
      acquisition_days: z.int().positive().default(91),
    })
    .prefault({}),
  theme: z.enum(["light", "dark"]).default("light"),
});

/** kpi.yaml with its defaults. */
export type Company = z.infer<typeof companySchema>;

const port = z.coerce.number().int().min(0).max(65_535);
const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "a postgres:// address")
    .optional(),
  KPI_DATA_DIR: z.string().optional(),
  KPI_CONFIG: z.string().optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, "a bot token; it begins with xoxb- and has no space")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/, "no space or line break in it").optional(),
  SLACK_API_URL: z.url().optional(),
  DISCORD_TOKEN: z.string().regex(/^\S+$/, "no space or line break in it").optional(),
  DISCORD_API_URL: z.url().optional(),
  POSTGRES_BIN: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  ADMIN_HOST: z.string().default("127.0.0.1"),
  ADMIN_PORT: port.default(3001),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  KPI_NOW: z.string().refine(isInstant, "an instant such as 2026-11-16T09:00:00Z").optional(),
});

type Environment = z.infer<typeof environmentSchema>;
const secrets = [
  "DATABASE_URL",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "DISCORD_TOKEN",
] as const;

export interface Config {
  company: Company;
  /** Folder of kpi.yaml, to which its paths are relative. */
  folder: string;
  dataDir: string;
  databaseUrl: string | null;
  postgresBin: string | null;
  slack: { botToken: string; signingSecret: string; apiUrl: string | null } | null;
  discord: { token: string; apiUrl: string | null } | null;
  host: string;
  port: number;
  adminHost: string;
  adminPort: number;
  logLevel: Environment["LOG_LEVEL"];
  /** From where the program's clock runs; null: the machine's. */
  clockFrom: Temporal.Instant | null;
}

/** Reads `env` and the kpi.yaml that it names, or the one in `cwd`; without one all defaults hold. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Result<Config, ConfigFault[]> {
  const faults: ConfigFault[] = [];
  const environment = readEnvironment(env, faults);
  const file = path.resolve(cwd, environment?.KPI_CONFIG ?? "kpi.yaml");
  const company = readCompany(file, environment?.KPI_CONFIG !== undefined, faults);
  if (environment !== null) faults.push(...platformFaults(environment));
  if (environment === null || company === null || faults.length > 0) return failed(faults);
  return ok(configOf(environment, company, file, cwd));
}

function configOf(environment: Environment, company: Company, file: string, cwd: string): Config {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    DISCORD_TOKEN: token,
  } = environment;
  return {
    company,
    folder: path.dirname(file),
    dataDir: path.resolve(cwd, environment.KPI_DATA_DIR ?? ".kpi"),
    databaseUrl: environment.DATABASE_URL ?? null,
    postgresBin: environment.POSTGRES_BIN ?? null,
    slack:
      botToken && signingSecret
        ? { botToken, signingSecret, apiUrl: environment.SLACK_API_URL ?? null }
        : null,
    discord: token ? { token, apiUrl: environment.DISCORD_API_URL ?? null } : null,
    host: environment.HOST,
    port: environment.PORT,
    adminHost: environment.ADMIN_HOST,
    adminPort: environment.ADMIN_PORT,
    logLevel: environment.LOG_LEVEL,
    clockFrom: environment.KPI_NOW ? Temporal.Instant.from(environment.KPI_NOW) : null,
  };
}

/** A secret may stand in a file of its own, named by NAME_FILE. An empty variable counts as absent. */
function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  faults: ConfigFault[],
): Environment | null {
  const given: Record<string, string> = {};
  for (const name of Object.keys(environmentSchema.shape)) {
    const value = env[name];
    if (value !== undefined && value !== "") given[name] = value;
  }
  for (const name of secrets) {
    const file = env[`${name}_FILE`];
    if (!file) continue;
    try {
      given[name] = readFileSync(file, "utf8").trim();
    } catch {
      faults.push({
        where: `${name}_FILE`,
        problem: "the file cannot be read",
        next: "Check the path and that this user may read it.",
      });
    }
  }
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    faults.push({
      where: String(issue.path[0]),
      problem: `it is not what is expected: ${issue.message}`,
      next: "Correct the variable and start again.",
    });
  }
  return null;
}

/** What single variables cannot show: those that need each other. */
function platformFaults(environment: Environment): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (environment.SLACK_BOT_TOKEN && !environment.SLACK_SIGNING_SECRET) {
    faults.push({
      where: "SLACK_SIGNING_SECRET",
      problem: "it is missing, and Slack's requests cannot be checked without it",
      next: "Copy it from the app's page, Basic Information.",
    });
  }
  if (environment.SLACK_SIGNING_SECRET && !environment.SLACK_BOT_TOKEN) {
    faults.push({
      where: "SLACK_BOT_TOKEN",
      problem: "it is missing, and nothing can be posted without it",
      next: "Copy it from the app's page, OAuth & Permissions.",
    });
  }
  const platforms = [
    [environment.SLACK_BOT_TOKEN, environment.SLACK_API_URL],
    [environment.DISCORD_TOKEN, environment.DISCORD_API_URL],
  ];
  if (environment.KPI_NOW && platforms.some(([token, url]) => token && !(url && isLoopback(url)))) {
    faults.push({
      where: "KPI_NOW",
      problem: "the clock may be set only while every chat platform is a loopback address",
      next: "Unset KPI_NOW, or point SLACK_API_URL and DISCORD_API_URL at a sandbox.",
    });
  }
  return faults;
}

function readCompany(file: string, named: boolean, faults: ConfigFault[]): Company | null {
  if (!existsSync(file)) {
    if (!named) return companySchema.parse({});
    faults.push({
      where: "KPI_CONFIG",
      problem: "there is no such file",
      next: "Correct the path, or unset KPI_CONFIG to use kpi.yaml in this folder.",
    });
    return null;
  }
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
  const at = (offset: number): string => `${path.basename(file)}:${lines.linePos(offset).line}`;
  for (const error of document.errors) {
    faults.push({
      where: at(error.pos[0]),
      problem: error.message.split("\n")[0] ?? "not YAML",
      next: "Correct the line.",
    });
  }
  if (document.errors.length > 0) return null;
  const parsed = companySchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const node = deepestNode(document, issue.path);
    faults.push({
      where: `${at(node)} ${issue.path.join(".")}`.trim(),
      problem: companyProblem(issue),
      next: "Correct the key; the README lists all of them.",
    });
  }
  return null;
}

function deepestNode(
  document: ReturnType<typeof parseDocument>,
  keys: readonly PropertyKey[],
): number {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function companyProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `no such key: ${issue.keys.join(", ")}`;
  if (issue.code === "invalid_value") return `one of: ${issue.values.join(", ")}`;
  return issue.message;
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function isLocale(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** ISO weekday, 1 Monday to 7 Sunday. */
export function isoWeekday(name: (typeof weekdays)[number]): number {
  return weekdays.indexOf(name) + 1;
}
