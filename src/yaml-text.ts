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
        ...syntaxProblems(text, document, at),
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

/** One an entry: the first says what is wrong, and what follows, how the reading of it went on. */
function syntaxProblems(
  text: string,
  { errors }: Document.Parsed,
  at: (offset: number, message: string) => YamlProblem,
): YamlProblem[] {
  const lines = text.split("\n");
  const entryOf = entries(lines);
  const places = Map.groupBy(errors, ({ pos }) => pos[0]);
  const found = new Map<number, YamlProblem>();
  for (const [from, ofPlace] of places) {
    const [{ code, message } = { code: "", message: "" }] = ofPlace;
    const told = at(from, message.split("\n")[0] ?? "");
    const deeper = deeperKey(ofPlace, lines[told.line - 1] ?? "");
    const problem = deeper === null ? told : at(deeper, told.message);
    const words =
      deeper === null ? wordsOf(code, lines[problem.line - 1] ?? "", problem.column) : DEEPER;
    const entry = entryOf[problem.line - 1] ?? 0;
    if (!found.has(entry)) found.set(entry, { ...problem, message: words ?? problem.message });
  }
  return [...found.values()];
}

/** Of each line the one that its entry of a list, or its key of a mapping, begins with. */
function entries(lines: readonly string[]): number[] {
  let begins = 0;
  return lines.map((line, i) => {
    if (/^[^\s#]/.test(line)) begins = i;
    return begins;
  });
}

/** Undefined: the library's own say what to do. */
function wordsOf(code: string, line: string, column: number): string | undefined {
  if (/^ *\t/.test(line)) return TAB;
  if (/^ *-[^\s-][^:]*:(\s|$)/.test(line)) return NO_BLANK;
  const isItem = /^ *- /.test(line);
  const beginsLine = column === 1 && /^[ #]/.test(line);
  if (code === "BLOCK_AS_IMPLICIT_KEY" && isItem) return OTHERWISE;
  if (code === "BAD_INDENT" && (isItem || beginsLine)) return OTHERWISE;
  if (code === "MISSING_CHAR" && beginsLine)
    return /^ +[^:]+:(\s|$)/.test(line) ? NEARER : OTHERWISE;
  return syntaxWords[code];
}

/**
 * Where a key ends that is indented further than the one in front of it: the library tells of that one's
 * text, twice. Null: it is something else.
 */
function deeperKey(errors: Document.Parsed["errors"], line: string): number | null {
  if (/^ *-\S/.test(line)) return null;
  const ends = new Map(errors.map(({ code, pos }) => [code, pos[1]]));
  return ends.has("BLOCK_AS_IMPLICIT_KEY") ? (ends.get("MULTILINE_IMPLICIT_KEY") ?? null) : null;
}

const DEEPER =
  "a key that is indented further than those beside it, or a text with a colon in it that must stand in quotes";
const NEARER = "a key that is indented less than those beside it";
const OTHERWISE = "a line that is not indented as those beside it";
const NO_BLANK = 'a "-" without a blank behind it';
const TAB = "a tab at the beginning of the line: YAML is indented by spaces alone";

/** Where the library's words would not say what to do, or would tell a value. */
const syntaxWords: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon and a space in it must stand in quotes: "..."',
  MULTILINE_IMPLICIT_KEY: 'a key without its colon, or a text behind "|" that is not indented',
  UNEXPECTED_TOKEN:
    "a text that belongs to no key: its colon is missing, or its line is not indented as those beside it",
  TAB_AS_INDENT: TAB,
};

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
