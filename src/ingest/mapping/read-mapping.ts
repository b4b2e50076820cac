import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { z } from "zod";
import { failed, ok, type Result } from "../../result.ts";
import { readYaml, tooLarge, yamlBytes } from "../../yaml-text.ts";
import { fileErrorCode } from "../csv/open-csv.ts";
import type { ImportFault, MappingProblem } from "../fault.ts";
import { nearest } from "../nearest.ts";
import { type Mapping, mappingSchema } from "./definition.ts";
import { type KeyPath, Places } from "./places.ts";

export interface ReadMapping {
  mapping: Mapping;
  places: Places;
}

/** Reads a mapping file; a fault names everything that is wrong with it, and where. */
export async function readMapping(path: string): Promise<Result<ReadMapping, ImportFault>> {
  const file = basename(path);
  try {
    if ((await stat(path)).size > yamlBytes)
      return failed({
        kind: "mapping",
        problems: [{ file, line: 1, column: 1, path: "", message: tooLarge }],
      });
    return parseMapping(await readFile(path, "utf8"), file);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === null) throw error;
    return failed({ kind: "unreadable_file", file: path, code });
  }
}

export function parseMapping(text: string, file: string): Result<ReadMapping, ImportFault> {
  const yaml = readYaml(text);
  if (!yaml.ok) {
    const problems = yaml.fault.map((problem) => ({ file, path: "", ...problem }));
    return failed({ kind: "mapping", problems });
  }
  const { document, lines, value } = yaml.value;
  const places = new Places(file, text, document, lines);
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return ok({ mapping: parsed.data, places });
  return failed({
    kind: "mapping",
    problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, places)),
  });
}

function problemsOf(issue: z.core.$ZodIssue, places: Places): MappingProblem[] {
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...places.ofKey([...path, key]),
      path: [...path, key].join("."),
      message: unknownKey(key, path),
    }));
  }
  if (issue.code === "invalid_key") {
    const message = issue.issues[0]?.message ?? issue.message;
    return [{ ...places.ofKey(path), path: path.join("."), message: `expected ${message}` }];
  }
  return [{ ...places.of(path), path: path.join("."), message: issueText(issue) }];
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom" || issue.code === "too_small" || issue.code === "invalid_format") {
    return `expected ${issue.message}`;
  }
  if (issue.code === "invalid_value")
    return `expected one of ${issue.values.map(String).join(", ")}`;
  return issue.message;
}

const keysAt: ReadonlyMap<string, readonly string[]> = new Map([
  ["", ["files", "tables", "checks"]],
  ["files", ["file", "left_out"]],
  ["left_out", ["why", "sql"]],
  ["tables", ["from", "mode", "complete_through", "sql"]],
  ["checks", ["what", "sql"]],
]);

function unknownKey(key: string, path: KeyPath): string {
  const place = path.includes("left_out") ? "left_out" : String(path[0] ?? "");
  const allowed = keysAt.get(place) ?? [];
  const [near] = nearest(key, allowed);
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `"${key}" is no key here.${hint} Keys: ${allowed.join(", ")}`;
}
