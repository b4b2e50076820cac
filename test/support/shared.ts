import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The specification's folder beside the repository; tests that read it skip where it is absent. */
export const shared = path.resolve(import.meta.dirname, "../../../shared");

export function hasShared(file: string): boolean {
  const there = existsSync(path.join(shared, file));
  if (!there) process.stderr.write(`skipped: ../shared/${file} is not here\n`);
  return there;
}

export function readShared(file: string): string {
  return readFileSync(path.join(shared, file), "utf8");
}
