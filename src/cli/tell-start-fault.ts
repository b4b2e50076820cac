/** Why the program does not start, with what to do. */
import type { ConfigFault } from "../config/index.ts";
import type { StartFault } from "../main.ts";
import type { CatalogueFault } from "../metrics/catalogue/index.ts";
import type { UnknownMetric } from "../open-data.ts";
import { assertNever } from "../result.ts";

export function tellConfigFaults(faults: readonly ConfigFault[]): string {
  return faults
    .map(
      ({ where, problem, next }) =>
        `${where}: ${problem}${/[.?]$/.test(problem) ? "" : "."} ${next}`,
    )
    .join("\n");
}

export function tellStartFault(fault: StartFault): string {
  switch (fault.kind) {
    case "catalogue":
      return fault.faults.map(tellCatalogueFault).join("\n");
    case "admin":
      return `ADMIN_PORT: the health address cannot be had (${fault.code}). Choose another port.`;
    case "platform":
      return platform(fault.platform, fault.code);
    case "fonts":
      return `kpi.yaml fonts: ${fault.problem}. Name a folder of .ttf or .otf files.`;
    case "embedded":
      return embedded(fault.fault);
    case "database":
      return database(fault.code);
    case "unknown_metrics":
      return fault.names
        .map((unknown) => `${unknown.where}: ${tellUnknownMetric(unknown)}`)
        .join("\n");
    case "interrupted":
      return "Stopped before the database was up. Nothing was changed.";
    default:
      return assertNever(fault);
  }
}

/** What is wrong with a metric's name, without where it stands. */
export function tellUnknownMetric({ name, nearest }: UnknownMetric): string {
  const hint =
    nearest.length === 0 ? "" : ` Did you mean ${nearest.map((near) => `"${near}"`).join(" or ")}?`;
  return `there is no metric "${name}".${hint} All of them: kpi metrics`;
}

/** `metrics/adoption.yaml:2:9  adoption_rate.unit: ...`. */
export function tellCatalogueFault({ file, line, column, problem }: CatalogueFault): string {
  return `${file}:${line}:${column}  ${problem}`;
}

function platform(name: string, code: string): string {
  if (code.startsWith("cannot_listen"))
    return `PORT: the address for Slack's requests cannot be had (${code}). Choose another port.`;
  if (code.startsWith("unreachable"))
    return `${name} does not answer (${code}). Check the network, and ${name.toUpperCase()}_API_URL if it is set.`;
  if (code.startsWith("app_token_refused"))
    return `${name} refuses to open a socket (${code}). Check SLACK_APP_TOKEN.`;
  return `${name} refuses the bot (${code}). Check ${name === "slack" ? "SLACK_BOT_TOKEN" : "DISCORD_TOKEN"}.`;
}

/** Of SQLSTATE, class 28 is a login that is refused and 3D000 a database that does not exist. */
function database(code: string): string {
  if (code.startsWith("28"))
    return `DATABASE_URL: the database refuses the login (${code}). Check the user and the password in it.`;
  if (code === "unsupported_version")
    return "DATABASE_URL: the server is older than PostgreSQL 15. Use 15 or newer, or unset DATABASE_URL for the embedded one.";
  if (code === "migrate_directly")
    return "DATABASE_URL: it leads through PgBouncer, and the schema is not up to date. Run kpi migrate once with the server's own address and without ?pgbouncer=true, then start again.";
  if (code === "3D000")
    return `DATABASE_URL: there is no database of that name (${code}). Create it, or correct the name.`;
  if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith("E"))
    return `The database could not be prepared (${code}). Check that the login may create schemas, and the server's log.`;
  return `DATABASE_URL: the database does not answer (${code}). Check that it runs, and the host and port in it.`;
}

type EmbeddedFault = Extract<StartFault, { kind: "embedded" }>["fault"];

function binFolder(problem: Extract<EmbeddedFault, { kind: "bin_folder" }>["problem"]): string {
  switch (problem.kind) {
    case "missing":
      return `there is no "${problem.program}" in that folder. Name the folder that holds initdb and postgres, such as /usr/lib/postgresql/18/bin.`;
    case "cannot_run":
      return `its postgres cannot be run: ${problem.words}`;
    case "too_old":
      return `that is Postgres ${problem.version}; ${problem.oldest} or newer is needed.`;
    default:
      return assertNever(problem);
  }
}

function embedded(fault: EmbeddedFault): string {
  switch (fault.kind) {
    case "no_binaries":
      return `There is no embedded Postgres for ${fault.platform} (looked in ${fault.looked}). Run "npm ci" with optional dependencies, set POSTGRES_BIN, or set DATABASE_URL.`;
    case "bin_folder":
      return `POSTGRES_BIN: ${binFolder(fault.problem)}`;
    case "other_version":
      return `The data in ${fault.folder} is of Postgres ${fault.data}, and the programs are of Postgres ${fault.binaries}, which cannot read it. Set POSTGRES_BIN to a folder of Postgres ${fault.data}, or KPI_DATA_DIR to a new folder.`;
    case "no_account":
      return "Postgres refuses to run as root, and this machine has no other account for it. Start the program as another user, or set DATABASE_URL.";
    case "folder_unusable":
      return `The folder ${fault.path} cannot be used by the database (${fault.code}). Set KPI_DATA_DIR to one that can.`;
    case "initdb_failed":
    case "server_exited":
      return `The embedded Postgres did not start. Its last words:\n${fault.log}`;
    case "not_answering":
      return `An embedded Postgres runs (process ${fault.pid}) and does not answer on port ${fault.port}. Stop it and start again.`;
    default:
      return assertNever(fault);
  }
}
