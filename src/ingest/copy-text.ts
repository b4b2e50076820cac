/** Reads what COPY ... TO STDOUT gives in its text format. Source: PostgreSQL, COPY, "Text Format". */
import type { Readable } from "node:stream";

/** The rows of each piece that comes, which a line feed ends and nothing else. */
export async function* copiedLines(rows: Readable): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of rows) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
}

export function copyFields(line: string): (string | null)[] {
  return line.split("\t").map((field) => (field === "\\N" ? null : withoutEscapes(field)));
}

const escaped: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function withoutEscapes(field: string): string {
  return field.includes("\\")
    ? field.replaceAll(/\\(.)/gs, (_, letter: string) => escaped[letter] ?? letter)
    : field;
}
