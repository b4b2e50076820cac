import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

/** Any number, the same for all; it parts our lock from others'. */
const lockKey = 7_412_089;

interface LoginRequest {
  /** To the program's database, as its owner. */
  ownerUrl: string;
  clusterFolder: string;
  role: string;
}

/**
 * The URL of a login with no rights but PUBLIC's. Its random password is made once and kept beside
 * the owner's, mode 0600, so that every process of the folder has the same.
 */
export async function ensureLogin({
  ownerUrl,
  clusterFolder,
  role,
}: LoginRequest): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [lockKey]);
    const password = keepPassword(path.join(clusterFolder, `${role}.password`));
    const found = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    const verb = found.rowCount === 0 ? "CREATE" : "ALTER";
    const name = client.escapeIdentifier(role);
    await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await client.query("COMMIT");
    return withLogin(ownerUrl, role, password);
  } finally {
    await client.end();
  }
}

function keepPassword(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600, flush: true });
  }
  return readFileSync(file, "utf8").trim();
}

function withLogin(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}
