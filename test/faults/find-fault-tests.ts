/** The tests of the rows, as they stand in the sources. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

export interface FoundTest {
  row: number;
  name: string;
  /** From the project's root, with forward slashes. */
  file: string;
}

export function findFaultTests(): FoundTest[] {
  return globSync("test/**/*.test.ts", { cwd: root })
    .sort()
    .flatMap((file) =>
      [...readFileSync(path.join(root, file), "utf8").matchAll(call)].map(([, row, name]) => ({
        row: Number(row),
        name: String(JSON.parse(name ?? "")),
        file: file.replaceAll("\\", "/"),
      })),
    );
}

const call = /\bfaultTest\(\s*(\d+),\s*("(?:[^"\\]|\\.)*")/g;
