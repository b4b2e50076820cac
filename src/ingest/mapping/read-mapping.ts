import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { failed, ok, type Result } from "../../result.ts";
import { schemaFaults } from "../../yaml-faults.ts";
import { Places } from "../../yaml-places.ts";
import { readYaml, tooLarge, yamlBytes } from "../../yaml-text.ts";
import { fileErrorCode } from "../csv/open-csv.ts";
import type { ImportFault } from "../fault.ts";
import { type Mapping, mappingSchema } from "./definition.ts";

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

/** What is wrong with a mapping file, before anything is loaded; null: nothing. */
export async function unreadMapping(path: string): Promise<ImportFault | null> {
  const read = await readMapping(path);
  return read.ok ? null : read.fault;
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
  const problems = schemaFaults(parsed.error, mappingSchema, places).map(
    ({ problem, ...place }) => ({ ...place, message: problem }),
  );
  return failed({ kind: "mapping", problems });
}
