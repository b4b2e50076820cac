import { randomUUID } from "node:crypto";
import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { failed, ok, type Result } from "../../result.ts";
import { packageVersion } from "./binaries-version.ts";
import type { Account } from "./choose-account.ts";
import type { EmbeddedFault } from "./embedded-server.ts";
import { type Binaries, binariesIn } from "./find-binaries.ts";
import { linkLibraries } from "./link-libraries.ts";
import { canEnter } from "./reachable.ts";

/**
 * Makes the binaries runnable: their library links exist and the server's account can reach them.
 * Where the package's folder cannot serve (a closed home, a read-only install), a copy of it in
 * `home` does; 60 MB, about 0.2 s, once a version.
 */
export function prepareBinaries(
  found: Binaries,
  home: string,
  account: Account | null,
): Result<Binaries, EmbeddedFault> {
  const bin = path.dirname(found.postgres);
  const reachable = canEnter(bin, account);
  if (found.native === null) {
    return reachable ? ok(found) : failed({ kind: "folder_unusable", path: bin, code: "EACCES" });
  }
  if (reachable && linkLibraries(found.native)) return ok(found);
  const copy = path.join(home, `native-${packageVersion(found.native)}`, "native");
  if (!existsSync(copy)) copyTree(found.native, path.dirname(copy));
  return ok(binariesIn(path.join(copy, "bin"), copy));
}

/** Complete or absent: a copy cut short is never taken for a whole one. */
function copyTree(native: string, folder: string): void {
  const staged = `${folder}.new-${randomUUID()}`;
  cpSync(native, path.join(staged, "native"), { recursive: true, verbatimSymlinks: true });
  linkLibraries(path.join(staged, "native"));
  try {
    renameSync(staged, folder);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    // Another process has just put the same copy there.
    if (!existsSync(folder)) throw error;
  }
}
