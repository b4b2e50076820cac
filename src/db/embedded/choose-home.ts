import { createHash } from "node:crypto";
import { chownSync, mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { failed, ok, type Result } from "../../result.ts";
import { errorCode } from "../connection-loss.ts";
import type { Account } from "./choose-account.ts";
import type { EmbeddedFault } from "./embedded-server.ts";
import { canEnter } from "./reachable.ts";

/**
 * The folders that the cluster may live in: the data folder, or, where the server's account cannot
 * enter that (root's home has mode 0700), one below /var/lib/throughline that is named after it.
 */
export function possibleHomes(dataDir: string): [string, string] {
  const wanted = path.resolve(dataDir);
  const name = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  return [wanted, path.join("/var/lib/throughline", name)];
}

/** The first of them that the account can enter, created. */
export function chooseHome(
  dataDir: string,
  account: Account | null,
): Result<string, EmbeddedFault> {
  const [wanted, elsewhere] = possibleHomes(dataDir);
  const home = canEnter(wanted, account) ? wanted : elsewhere;
  try {
    mkdirSync(home, { recursive: true, mode: 0o755 });
  } catch (error) {
    return failed({ kind: "folder_unusable", path: home, code: errorCode(error) });
  }
  if (!canEnter(home, account)) {
    return failed({ kind: "folder_unusable", path: home, code: "EACCES" });
  }
  // The real path, because the server reports that and adoption compares it.
  return ok(realpathSync(home));
}

/** Creates a folder that only the server's account may open. */
export function makePrivateFolder(folder: string, account: Account | null): void {
  mkdirSync(folder, { mode: 0o700 });
  giveTo(folder, account);
}

export function giveTo(file: string, account: Account | null): void {
  if (account !== null) chownSync(file, account.uid, account.gid);
}
