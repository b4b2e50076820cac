/** The variables, each by itself and those that need each other. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ConfigFault } from "./config-fault.ts";

const portWanted = "a port from 0 to 65535";
const port = z
  .string()
  .regex(/^\d{1,5}$/, portWanted)
  .transform(Number)
  .refine((number) => number <= 65_535, portWanted);
const address = z.url({ protocol: /^https?$/, error: "an http:// or https:// address" });
const oneWord = z.string().regex(/^\S+$/, "without a space or a line break");
const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, {
    message: "an address such as postgres://user:password@host:5432/database",
    abort: true,
  })
  .refine(
    URL.canParse,
    "an address: write the signs of a password that have a meaning in one as %40 for @, %2F for / and so on",
  );
const environmentSchema = z.object({
  DATABASE_URL: databaseUrl.optional(),
  SOURCE_DATABASE_URL: databaseUrl.optional(),
  METRICS_DATABASE_URL: databaseUrl.optional(),
  KPI_DATA_DIR: z.string().optional(),
  KPI_CONFIG: z.string().optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, "a bot token, which begins with xoxb- and has no space")
    .optional(),
  SLACK_SIGNING_SECRET: oneWord.optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, "an app-level token, which begins with xapp- and has no space")
    .optional(),
  SLACK_API_URL: address.optional(),
  DISCORD_TOKEN: oneWord.optional(),
  DISCORD_API_URL: address.optional(),
  POSTGRES_BIN: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.prefault("3000"),
  ADMIN_HOST: z.string().default("127.0.0.1"),
  ADMIN_PORT: port.prefault("3001"),
  LOG_LEVEL: z.enum(logLevels, `one of ${logLevels.join(", ")}`).default("info"),
  KPI_NOW: z.string().refine(isInstant, "an instant such as 2026-11-16T09:00:00Z").optional(),
});

/** The variables that are read, which the reference must name. */
export const environmentNames = Object.keys(environmentSchema.shape);

export type Environment = z.infer<typeof environmentSchema>;
const secrets = [
  "DATABASE_URL",
  "SOURCE_DATABASE_URL",
  "METRICS_DATABASE_URL",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "DISCORD_TOKEN",
] as const;

/**
 * What is good of the environment, after adding what is wrong to `faults`. A secret may stand in a
 * file of its own, named by NAME_FILE. An empty variable counts as absent.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  faults: ConfigFault[],
): Environment {
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
        problem: "the file that it names cannot be read",
        next: "Check the path and that this user may read it.",
      });
    }
  }
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const where = String(issue.path[0]);
    faults.push({
      where,
      problem: `must be ${issue.message}`,
      next: "Correct the variable and start again; docs/reference.md, Environment, says what each is for.",
    });
    delete given[where];
  }
  return environmentSchema.parse(given);
}

/** What single variables cannot show: those that need each other. */
export function platformFaults(environment: Environment): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN } = environment;
  if (SLACK_BOT_TOKEN && !SLACK_SIGNING_SECRET && !SLACK_APP_TOKEN) {
    faults.push({
      where: "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET",
      isMissing: true,
      problem: "neither is there, and nothing that Slack sends can be taken without one",
      next: "For Socket Mode, which needs no public address, make an app-level token with connections:write (Basic Information). For requests over HTTP, copy the signing secret from there.",
    });
  }
  if ((SLACK_SIGNING_SECRET || SLACK_APP_TOKEN) && !SLACK_BOT_TOKEN) {
    faults.push({
      where: "SLACK_BOT_TOKEN",
      isMissing: true,
      problem: "it is missing, and nothing can be posted without it",
      next: "Copy it from the app's page, OAuth & Permissions.",
    });
  }
  const platforms = [
    [environment.SLACK_BOT_TOKEN, environment.SLACK_API_URL],
    [environment.DISCORD_TOKEN, environment.DISCORD_API_URL],
  ];
  faults.push(...loginFaults(environment));
  if (environment.KPI_NOW && platforms.some(([token, url]) => token && !(url && isLoopback(url)))) {
    faults.push({
      where: "KPI_NOW",
      problem: "the clock may be set only while every chat platform is a loopback address",
      next: "Unset KPI_NOW, or point SLACK_API_URL and DISCORD_API_URL at a sandbox.",
    });
  }
  return faults;
}

/** The company's own SQL must not run under the login that may do everything. */
function loginFaults({ DATABASE_URL, METRICS_DATABASE_URL }: Environment): ConfigFault[] {
  if (METRICS_DATABASE_URL === undefined) return [];
  const where = "METRICS_DATABASE_URL";
  if (DATABASE_URL === undefined)
    return [
      {
        where,
        problem: "it is of no use without DATABASE_URL: the embedded server makes its own login",
        next: "Unset it, or set DATABASE_URL.",
      },
    ];
  if (new URL(DATABASE_URL).username !== new URL(METRICS_DATABASE_URL).username) return [];
  return [
    {
      where,
      problem: "it names the login of DATABASE_URL, which may do everything",
      next: "Make a login of its own; docs/running.md, A login for your own SQL, has the statements.",
    },
  ];
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
