/** kpi.yaml from its file, with the places of what is wrong in it. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { schemaFaults } from "../yaml-faults.ts";
import { type KeyPath, Places } from "../yaml-places.ts";
import { readYaml, tooLarge, yamlBytes } from "../yaml-text.ts";
import { type Company, companySchema } from "./company.ts";
import type { ConfigFault } from "./config-fault.ts";

export interface ReadCompany {
  company: Company;
  /** For a fault that shows only later: file, line and keys, such as `kpi.yaml:4 scorecard.metrics`. */
  placeOf(keys: KeyPath): string;
}

export function defaultCompany(): ReadCompany {
  return { company: companySchema.parse({}), placeOf: (keys) => `kpi.yaml ${keys.join(".")}` };
}

/** Null after adding what is wrong to `faults`. `named`: the file was asked for by name. */
export function readCompany(
  file: string,
  named: boolean,
  faults: ConfigFault[],
): ReadCompany | null {
  if (!named && !existsSync(file)) return defaultCompany();
  const text = readText(file, named, faults);
  return text === null ? null : parseCompany(path.basename(file), text, faults);
}

function readText(file: string, named: boolean, faults: ConfigFault[]): string | null {
  try {
    if (statSync(file).size <= yamlBytes) return readFileSync(file, "utf8");
    const next = "Name a file that holds settings alone.";
    faults.push({ where: path.basename(file), problem: `the file is ${tooLarge}`, next });
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    faults.push({
      where: named ? "KPI_CONFIG" : path.basename(file),
      problem: code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code})`,
      next: named
        ? "Correct the path, or unset KPI_CONFIG to use kpi.yaml in this folder."
        : "Check that it is a file which this user may read.",
    });
    return null;
  }
}

function parseCompany(name: string, text: string, faults: ConfigFault[]): ReadCompany | null {
  const yaml = readYaml(text);
  if (!yaml.ok) {
    for (const { line, message } of yaml.fault)
      faults.push({ where: `${name}:${line}`, problem: message, next: "Correct the file." });
    return null;
  }
  const { document, lines, value } = yaml.value;
  const places = new Places(name, text, document, lines);
  const placeOf = (keys: KeyPath): string =>
    `${name}:${places.of(keys).line} ${keys.join(".")}`.trim();
  const parsed = companySchema.safeParse(value ?? {});
  if (parsed.success) return { company: parsed.data, placeOf };
  for (const { line, path: keys, problem } of schemaFaults(parsed.error, companySchema, places)) {
    const next = "docs/reference.md, kpi.yaml, says what each key is for.";
    faults.push({ where: `${name}:${line} ${keys}`.trim(), problem, next });
  }
  return null;
}
