import path from "node:path";
import pg from "pg";
import { errorCode } from "../connection-loss.ts";
import { loopback } from "./choose-port.ts";
import type { Cluster } from "./init-cluster.ts";
import { ownerRole } from "./run-initdb.ts";

/**
 * `answers`: it is ours and takes queries; `starting`: PostgreSQL is up but not ready yet;
 * `silent`: nothing listens; `stranger`: something else has the port.
 */
type Probe = "answers" | "starting" | "silent" | "stranger";

/** Asks by connecting, the only proof that counts. */
export async function probeServer(cluster: Cluster, port: number): Promise<Probe> {
  const client = new pg.Client({
    connectionString: serverUrl(cluster, port, "postgres"),
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    // A copied data folder brings along the password and the port of the original.
    const answer = await client.query<{ data_directory: string }>("SHOW data_directory");
    // Windows' server writes its paths with slashes; resolve makes them alike.
    const served = path.resolve(answer.rows[0]?.data_directory ?? "");
    return served === path.resolve(cluster.data) ? "answers" : "stranger";
  } catch (error) {
    return classify(errorCode(error));
  } finally {
    await client.end().catch(() => {});
  }
}

export function serverUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://${ownerRole}:${cluster.password}@${loopback}:${port}/${database}`;
}

function classify(code: string): Probe {
  // 57P03 cannot_connect_now: starting up, in recovery or shutting down.
  if (code === "57P03") return "starting";
  // Five characters are a SQLSTATE, such as a refused password.
  return /^[0-9A-Z]{5}$/.test(code) && code !== "EPIPE" ? "stranger" : "silent";
}
