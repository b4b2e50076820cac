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

/** One a line: the first says what is wrong, and what follows, how it went on. */
function syntaxProblems(
  text: string,
  { errors }: Document.Parsed,
  at: (offset: number, message: string) => YamlProblem,
): YamlProblem[] {
  const lines = text.split("\n");
  const found = new Map<number, YamlProblem>();
  // Behind a key at the wrong place nothing up to the next entry is where it should be.
  let slip: number | null = null;
  const follows = (from: number | null, line: number): boolean =>
    from !== null && line > from && !lines.slice(from, line).some((text) => /^\S/.test(text));
  for (const { pos, code, message } of errors) {
    const deeper = deeperKey(errors, pos[0], code);
    const problem = at(deeper ?? pos[0], message.split("\n")[0] ?? "");
    const words =
      deeper === null ? wordsOf(code, lines[problem.line - 1] ?? "", problem.column) : DEEPER;
    if (found.has(problem.line) || follows(slip, problem.line)) continue;
    if (words === DEEPER || words === NEARER) slip = problem.line;
    found.set(problem.line, { ...problem, message: words ?? problem.message });
  }
  return [...found.values()];
}

/** Undefined: the library's own say what to do. */
function wordsOf(code: string, line: string, column: number): string | undefined {
  if (/^ *\t/.test(line)) return TAB;
  if (code === "MISSING_CHAR" && column === 1 && /^ +[^\s:]+:(\s|$)/.test(line)) return NEARER;
  return syntaxWords[code];
}

/** The library tells of the text in front of a key that is indented further than it: where that key ends. */
function deeperKey(errors: Document.Parsed["errors"], from: number, code: string): number | null {
  if (code !== "BLOCK_AS_IMPLICIT_KEY" && code !== "MULTILINE_IMPLICIT_KEY") return null;
  const codes = errors.filter(({ pos }) => pos[0] === from);
  if (!codes.some((error) => error.code === "BLOCK_AS_IMPLICIT_KEY")) return null;
  return codes.find((error) => error.code === "MULTILINE_IMPLICIT_KEY")?.pos[1] ?? null;
}

const DEEPER =
  "a key that is indented further than those beside it, or a text with a colon in it that must stand in quotes";
const NEARER = "a key that is indented less than those beside it";
const TAB = "a tab at the beginning of the line: YAML is indented by spaces alone";

/** Where the library's words would not say what to do. */
const syntaxWords: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon and a space in it must stand in quotes: "..."',
  MULTILINE_IMPLICIT_KEY: 'a key without its colon, or a text behind "|" that is not indented',
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
