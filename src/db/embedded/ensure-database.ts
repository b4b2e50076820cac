import pg from "pg";
import { errorCode } from "../connection-loss.ts";

/** Creates the program's database the first time; another process may do so at the same moment. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0)
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // duplicate_database, or unique_violation when both inserted at once.
    if (!["42P04", "23505"].includes(errorCode(error))) throw error;
  } finally {
    await client.end();
  }
}
