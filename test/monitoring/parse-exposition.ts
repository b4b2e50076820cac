/**
 * Reads Prometheus' text format strictly, apart from the library that writes it.
 * Source: prometheus.io/docs/instrumenting/exposition_formats, text format details.
 */
export interface Family {
  help: string;
  type: string;
  samples: Sample[];
}

interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const sampleLine = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)(?: -?\\d+)?$`);
const label = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;

/** By the family's name; throws where a line is none of the format, or a sample has no family before it. */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`).exec(line);
    if (comment !== null) {
      const [, kind, name = "", rest = ""] = comment;
      const family = families.get(name) ?? { help: "", type: "untyped", samples: [] };
      if (family.samples.length > 0) throw new Error(`${name}: its ${kind} comes behind a sample`);
      families.set(name, { ...family, [kind === "HELP" ? "help" : "type"]: rest });
    } else if (line !== "") addSample(families, line);
  }
  return families;
}

function addSample(families: ReadonlyMap<string, Family>, line: string): void {
  const [, name = "", inside = "", written = ""] = sampleLine.exec(line) ?? [];
  if (name === "") throw new Error(`no sample: ${line}`);
  const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ""));
  if (family === undefined) throw new Error(`no family: ${line}`);
  family.samples.push({ name, labels: labelsOf(inside, line), value: numberOf(written) });
}

function labelsOf(inside: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  while (label.lastIndex < inside.length) {
    const found = label.exec(inside);
    if (found === null) throw new Error(`no label: ${line}`);
    labels[found[1] ?? ""] = found[2] ?? "";
  }
  return labels;
}

function numberOf(written: string): number {
  if (written === "NaN") return Number.NaN;
  const infinity = /^([+-]?)Inf$/.exec(written);
  if (infinity !== null) return infinity[1] === "-" ? -Infinity : Infinity;
  const value = Number(written);
  if (Number.isNaN(value)) throw new Error(`no number: ${written}`);
  return value;
}
