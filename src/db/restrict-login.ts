/** What the restricted login may do: read what metrics read, for so long and with so much, and nothing else. */
import { z } from "zod";
import type { Database, Sql } from "./sql.ts";

/** Relations of metrics, and files as they came, for lookups. Nothing of what the bot remembers. */
const READABLE = ["source", "facts", "exact", "raw"] as const;

/** Whatever a definition does ends there; docs/running.md has the same for a server of one's own. */
const LIMITS: Readonly<Record<string, string>> = {
  statement_timeout: "2min",
  lock_timeout: "10s",
  idle_in_transaction_session_timeout: "1min",
  work_mem: "64MB",
  temp_file_limit: "1GB",
};
const MOST_CONNECTIONS = 20;
/** What of these settings means none: of times 0, of sizes -1. */
const NO_LIMIT = /^(0[a-z]*|-1[a-z]*)$/i;

/**
 * Functions that PUBLIC may call and that reach beyond a SELECT: locks, signals, files (of snapshots, too),
 * messages, other servers, and the limits of the login itself.
 */
const REACHING =
  "^(set_config|pg_export_snapshot|pg_(try_)?advisory_(xact_)?lock.*|pg_(cancel|terminate)_backend|pg_notify|pg_logical_emit_message|lo_.*|lo(read|write)|dblink.*|pg_read_.*file|pg_ls_dir)$";

/** Any number, the same for all; it parts our lock from others'. */
const GRANTS_LOCK = 7_412_090;

/**
 * Lets `role` read the relations of metrics, also those to come. Nothing is written where nothing is
 * missing. Throws where our login may not grant, or there is no such role.
 */
export async function grantReading(db: Database, role: string): Promise<void> {
  if ((await ungranted(db, role)).length === 0) return;
  await db.transaction(async (sql) => {
    await sql.run("SELECT pg_advisory_xact_lock($1)", [GRANTS_LOCK]);
    const name = await quoted(sql, role);
    for (const grant of await ungranted(sql, role)) await sql.run(`${grant} TO ${name}`);
    await sql.run(
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${READABLE.join(", ")} GRANT SELECT ON TABLES TO ${name}`,
    );
  });
}

/** GRANTs without their last words, of schemas and of relations that are ours to grant. */
async function ungranted(sql: Sql, role: string): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ text: z.string() }),
    `SELECT format('GRANT USAGE ON SCHEMA %I', n.nspname) AS text FROM pg_namespace n
     WHERE n.nspname = ANY ($1::text[]) AND NOT has_schema_privilege($2, n.oid, 'USAGE')
     UNION ALL
     SELECT format('GRANT SELECT ON %I.%I', n.nspname, c.relname)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND pg_has_role(c.relowner, 'USAGE') AND NOT has_table_privilege($2, c.oid, 'SELECT')`,
    [READABLE, role],
  );
  return rows.map(({ text }) => text);
}

/**
 * Limits a login on a server that is ours alone: its limits stand on the role, and what PUBLIC may do
 * beyond reading is taken from everybody.
 */
export async function limitLogin(db: Database, role: string): Promise<void> {
  if (!(await isUnlimited(db, role))) return;
  await db.transaction(async (sql) => {
    await sql.run("SELECT pg_advisory_xact_lock($1)", [GRANTS_LOCK]);
    const name = await quoted(sql, role);
    for (const [setting, value] of Object.entries(LIMITS))
      await sql.run(`ALTER ROLE ${name} SET ${setting} = '${value}'`);
    await sql.run(`ALTER ROLE ${name} CONNECTION LIMIT ${MOST_CONNECTIONS};
      REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$`);
    for (const signature of await reachingFunctions(sql, role))
      await sql.run(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
  });
}

async function isUnlimited(sql: Sql, role: string): Promise<boolean> {
  return (await loginFaults(sql, role)).length > 0;
}

/** Such as `pg_advisory_lock(bigint)`: those of REACHING that the login may call. */
async function reachingFunctions(sql: Sql, role: string): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ signature: z.string() }),
    `SELECT p.oid::regprocedure::text AS signature FROM pg_proc p
     WHERE p.proname ~ $1 AND has_function_privilege($2, p.oid, 'EXECUTE') ORDER BY 1`,
    [REACHING, role],
  );
  return rows.map(({ signature }) => signature);
}

export interface LoginFault {
  said: string;
  /** It reaches what it must not; else it is only not limited. */
  isGrave: boolean;
}

const rights = z.object({
  administers: z.boolean(),
  creates: z.boolean(),
  bot: z.boolean(),
  writes: z.boolean(),
  config: z.array(z.string()),
});

/** A role that it is a member of counts, also where it inherits nothing: a SELECT may set it. */
async function rightsOf(sql: Sql, role: string): Promise<z.infer<typeof rights> | undefined> {
  const [found] = await sql.rows(
    rights,
    `SELECT may_become.administers,
            has_database_privilege(r.oid, current_database(), 'TEMPORARY')
              OR has_schema_privilege(r.oid, 'public', 'CREATE') AS creates,
            may_become.bot,
            EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = ANY ($2::text[]) AND c.relkind IN ('r', 'p', 'v')
                      AND has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) AS writes,
            coalesce(r.rolconfig, '{}') AS config
     FROM pg_roles r, LATERAL (
       SELECT bool_or(o.rolsuper OR o.rolcreatedb OR o.rolcreaterole OR o.rolreplication) AS administers,
              bool_or(has_schema_privilege(o.oid, 'bot', 'USAGE')) AS bot
       FROM pg_roles o WHERE pg_has_role(r.oid, o.oid, 'MEMBER')) may_become
     WHERE r.rolname = $1`,
    [role, READABLE],
  );
  return found;
}

/** What the login may do beyond what it is for, or is not limited in; none: all is well. */
export async function loginFaults(sql: Sql, role: string): Promise<LoginFault[]> {
  const found = await rightsOf(sql, role);
  if (found === undefined) return [{ said: `there is no role ${role}`, isGrave: true }];
  const set = found.config
    .map((entry) => entry.split("="))
    .flatMap(([name = "", value = ""]) => (NO_LIMIT.test(value) ? [] : [name]));
  const unset = Object.keys(LIMITS).filter((name) => !set.includes(name));
  const reaching = await reachingFunctions(sql, role);
  const grave = [
    ...(found.administers ? ["it is an administrator"] : []),
    ...(found.bot ? ["it may read what the bot remembers (schema bot)"] : []),
    ...(found.writes ? ["it may change source tables"] : []),
  ];
  const open = [
    ...(found.creates ? ["it may create tables"] : []),
    ...(unset.length > 0 ? [`${unset.join(", ")}: not set on the role`] : []),
    ...(reaching.length > 0 ? [`it may call ${shortened(reaching)}`] : []),
  ];
  return [
    ...grave.map((said) => ({ said, isGrave: true })),
    ...open.map((said) => ({ said, isGrave: false })),
  ];
}

/** Relations of metrics that the login may not read, whoever owns them. */
export async function unreadable(sql: Sql, role: string): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ name: z.string() }),
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND NOT (has_schema_privilege($2, n.oid, 'USAGE') AND has_table_privilege($2, c.oid, 'SELECT'))
     ORDER BY 1`,
    [READABLE, role],
  );
  return rows.map(({ name }) => name);
}

function shortened(signatures: readonly string[]): string {
  const names = [...new Set(signatures.map((each) => each.replace(/\(.*/, "")))];
  return names.length > 4
    ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more`
    : names.join(", ");
}

async function quoted(sql: Sql, role: string): Promise<string> {
  const [row] = await sql.rows(z.object({ name: z.string() }), "SELECT quote_ident($1) AS name", [
    role,
  ]);
  return row?.name ?? "";
}
