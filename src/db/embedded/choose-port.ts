import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

export const loopback = "127.0.0.1";

/** The cluster's port of last time if it is still free, else a free one, kept for next time. */
export async function choosePort(clusterFolder: string): Promise<number> {
  const file = path.join(clusterFolder, "port");
  const kept = readPort(file);
  if (kept !== null && (await isFree(kept))) return kept;
  const port = await bindOnce(0);
  if (port === null) throw new Error("no free port on 127.0.0.1");
  writeFileSync(file, `${port}\n`, { mode: 0o600 });
  return port;
}

async function isFree(port: number): Promise<boolean> {
  return (await bindOnce(port)) !== null;
}

function readPort(file: string): number | null {
  try {
    const port = Number(readFileSync(file, "utf8"));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

/** Binds and lets go; the port, or null where it is taken. */
function bindOnce(port: number): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(null));
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}
