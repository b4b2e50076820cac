/** The one reader of YAML that people write: small, flat and without surprises, or a problem told. */
import { Buffer } from "node:buffer";
import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { failed, ok, type Result } from "./result.ts";

export interface YamlText {
  document: Document.Parsed;
  lines: LineCounter;
  /** Plain objects, arrays and scalars. */
  value: unknown;
}

export interface YamlProblem {
  /** Both count from 1. */
  line: number;
  column: number;
  message: string;
}

/** No file is read beyond it; a mapping of all source tables takes a tenth. */
export const yamlBytes = 256 << 10;
export const tooLarge = `larger than ${yamlBytes >> 10} KiB`;
/** Aliases that unfold to more nodes than this are a bomb, not a text. */
const MAX_ALIASES = 100;

/** All that is wrong with the text as YAML, each with its place. */
export function readYaml(text: string): Result<YamlText, YamlProblem[]> {
  if (Buffer.byteLength(text) > yamlBytes)
    return failed([{ line: 1, column: 1, message: tooLarge }]);
  const lines = new LineCounter();
  // The library looks for repeated keys by comparing each with each: minutes for a long file.
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false } as const;
  const document = parseDocument(text, { ...options, logLevel: "error" });
  const at = (offset: number, message: string): YamlProblem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const found = document.errors.some(({ message }) => message.includes("call stack"))
    ? [at(0, "nested too deeply")]
    : [
        ...document.errors.map(({ pos, message }) => at(pos[0], message.split("\n")[0] ?? "")),
        // In a broken text what stands as a key may be a value, which is never told.
        ...(document.errors.length > 0 ? [] : repeatedKeys(document)).map(([offset, key]) =>
          at(offset, `the key "${key}" comes twice`),
        ),
      ];
  if (found.length > 0) return failed(found);
  try {
    return ok({ document, lines, value: document.toJS({ maxAliasCount: MAX_ALIASES }) });
  } catch {
    return failed([at(0, "its aliases cannot be resolved; write the values out")]);
  }
}

function repeatedKeys(document: Document.Parsed): [offset: number, key: string][] {
  const found: [number, string][] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push([key.range?.[0] ?? 0, String(key.value)]);
        seen.add(key.value);
      }
    },
  });
  return found;
}
