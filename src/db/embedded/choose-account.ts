import { readFileSync, statSync } from "node:fs";
import { failed, ok, type Result } from "../../result.ts";
import type { EmbeddedFault } from "./embedded-server.ts";

/** The account under which the server runs; null: under our own. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root we take, in this order: the account that already owns
 * one of the cluster folders, `postgres` (macOS: `_postgres`), `nobody`. No account is created: that is the
 * administrator's to decide. A new cluster needs an account with a passwd entry, because initdb
 * refuses a bare number.
 */
export function chooseAccount(
  clusterFolders: readonly string[],
): Result<Account | null, EmbeddedFault> {
  if (process.getuid?.() !== 0) return ok(null);
  const owner = clusterFolders.map(ownerOf).find((each) => each !== null && each.uid !== 0);
  if (owner) return ok(owner);
  const accounts = readAccounts();
  const account = ["postgres", "_postgres", "nobody"]
    .map((wanted) => accounts.find(({ name, uid }) => name === wanted && uid > 0))
    .find((each) => each !== undefined);
  if (account === undefined) return failed({ kind: "no_account" });
  return ok({ uid: account.uid, gid: account.gid });
}

function ownerOf(folder: string): Account | null {
  // Within a closed folder the owner can still be asked, because we are root.
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat === undefined ? null : { uid: stat.uid, gid: stat.gid };
}

function readAccounts(): Array<Account & { name: string }> {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(":"))
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
