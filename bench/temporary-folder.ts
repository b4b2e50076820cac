import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A folder for a server of one's own. Where root calls, Postgres is another user: of a folder that it
 * may not enter the data would lie elsewhere, and stay there when the folder goes.
 */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `throughline-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}
