import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { failed, ok, type Result } from "../../result.ts";
import { oldestServer } from "../oldest-server.ts";
import type { EmbeddedFault } from "./embedded-server.ts";
import type { Binaries } from "./find-binaries.ts";
import { serverEnvironment } from "./server-environment.ts";

/** The major version. The platform package says it in its own version, others are asked. */
export function binariesVersion({ native, postgres }: Binaries): Result<number, EmbeddedFault> {
  if (native !== null) return ok(Number.parseInt(packageVersion(native), 10));
  const run = spawnSync(postgres, ["--version"], {
    encoding: "utf8",
    env: serverEnvironment(),
    timeout: 30_000,
  });
  const version = Number(/\(PostgreSQL\) (\d+)/.exec(run.stdout ?? "")?.[1]);
  if (Number.isNaN(version)) {
    const words = (run.error?.message ?? run.stderr).trim() || `status ${run.status}`;
    return failed({ kind: "bin_folder", problem: { kind: "cannot_run", words } });
  }
  if (version >= oldestServer) return ok(version);
  const problem = { kind: "too_old", version, oldest: oldestServer } as const;
  return failed({ kind: "bin_folder", problem });
}

/** The version of a platform package, such as 18.4.0-beta.17. */
export function packageVersion(native: string): string {
  const text = readFileSync(path.join(native, "..", "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
