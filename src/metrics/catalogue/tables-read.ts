/**
 * The tables that an SELECT takes rows from. It follows parentheses, FROM lists and WITH, and knows no more
 * of SQL: what a text really may read, its login decides.
 */
import { codeAndNames } from "./sql-code.ts";

export interface TableName {
  /** Null: found by the search path. */
  schema: string | null;
  name: string;
}

/** Of an SQL text; a name of its WITH is none, within its reach. */
export function tablesRead(sql: string): TableName[] {
  const reader = new Reader(tokensOf(codeAndNames(sql)));
  return reader.read();
}

interface Token {
  /** A name as the database reads it, or a mark. */
  text: string;
  /** A bare word in upper case, which may be a key word; of all else empty. */
  word: string;
  isName: boolean;
}

function tokensOf(code: string): Token[] {
  const pieces = code.matchAll(/"((?:""|[^"])*)"|([a-z_\u0080-\uffff][\w$\u0080-\uffff]*)|\S/gi);
  return [...pieces].map(([mark, quoted, bare]) => {
    if (quoted !== undefined) return { text: quoted.replaceAll('""', '"'), word: "", isName: true };
    if (bare === undefined) return { text: mark, word: "", isName: false };
    return { text: bare.toLowerCase(), word: bare.toUpperCase(), isName: true };
  });
}

/** What stands between two parentheses, or the whole text. */
interface Level {
  /** A SELECT has begun in it: its FROM is a clause, and not that of extract(... FROM ...). */
  isQuery: boolean;
  /** In a FROM list, where a comma brings the next table. */
  isList: boolean;
  /** The next name is a table's, or a function's. */
  expects: boolean;
  /** The names of its WITH that can be read by now. */
  known: Set<string>;
  /** How far an entry of its WITH has come. */
  step: "none" | "name" | "named" | "as" | "body" | "done";
  isRecursive: boolean;
  entry: string;
}

function levelAt(expects: boolean): Level {
  const nothing = { isQuery: false, isRecursive: false, entry: "", step: "none" } as const;
  return { ...nothing, isList: expects, expects, known: new Set() };
}

const ENDS = /^(WHERE|GROUP|HAVING|ORDER|WINDOW|LIMIT|OFFSET|FETCH|FOR|UNION|INTERSECT|EXCEPT)$/;
/** After WITH, where it begins no list of queries. */
const NO_QUERIES = /^(ORDINALITY|TIME|TIES)$/;

class Reader {
  readonly #tokens: readonly Token[];
  readonly #levels: Level[] = [levelAt(false)];
  readonly #found: TableName[] = [];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): TableName[] {
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#token(0);
      const level = this.#levels.at(-1);
      if (token === undefined || level === undefined) break;
      if (!token.isName) this.#mark(token.text, level);
      else if (!this.#isKeyWord(token.word, level)) this.#name(token.text, level);
    }
    return this.#found;
  }

  #token(ahead: number): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #mark(mark: string, level: Level): void {
    if (mark === "(" || mark === "[") {
      if (level.step === "as") level.step = "body";
      this.#levels.push(levelAt(level.expects && mark === "("));
      level.expects = false;
    } else if (mark === ")" || mark === "]") {
      if (this.#levels.length > 1) this.#levels.pop();
      const outer = this.#levels.at(-1);
      if (outer?.step !== "body") return;
      outer.known.add(outer.entry);
      outer.step = "done";
    } else if (mark === ",") {
      if (level.step === "done") level.step = "name";
      else if (level.isList) level.expects = true;
    }
  }

  /** Whether the word is one here, and then what it does. */
  #isKeyWord(word: string, level: Level): boolean {
    const before = this.#token(-1);
    // A column, or the name that something is given.
    if (word === "" || before?.text === ".") return false;
    if (word === "SELECT" || word === "VALUES") {
      Object.assign(level, { isQuery: true, isList: false, expects: false, step: "none" });
    } else if (word === "FROM") {
      if (!level.isQuery || this.#isComparison()) return true;
      Object.assign(level, { isList: true, expects: true });
    } else if (word === "JOIN" || word === "TABLE") {
      level.expects = true;
    } else if (word === "WITH") {
      if (NO_QUERIES.test(this.#token(1)?.word ?? "")) return true;
      Object.assign(level, { isList: false, expects: false, step: "name", isRecursive: false });
    } else if (word === "RECURSIVE" && level.step === "name") {
      level.isRecursive = true;
    } else if (word === "AS" && level.step === "named") {
      level.step = "as";
    } else if (ENDS.test(word)) {
      Object.assign(level, { isList: false, expects: false });
    } else return level.expects && this.#isBeforeTable(word);
    return true;
  }

  /** IS [NOT] DISTINCT FROM. */
  #isComparison(): boolean {
    return this.#token(-1)?.word === "DISTINCT" && /^(IS|NOT)$/.test(this.#token(-2)?.word ?? "");
  }

  #isBeforeTable(word: string): boolean {
    return /^(LATERAL|ONLY)$/.test(word) || (word === "ROWS" && this.#token(1)?.word === "FROM");
  }

  #name(name: string, level: Level): void {
    if (level.step === "name") {
      Object.assign(level, { step: "named", entry: name });
      // It may read itself.
      if (level.isRecursive) level.known.add(name);
    } else if (level.expects) {
      level.expects = false;
      const names = [name, ...this.#furtherNames()];
      if (this.#token(1)?.text === "(") return;
      const [last = "", schema = null] = names.toReversed();
      if (schema === null && this.#levels.some(({ known }) => known.has(last))) return;
      this.#found.push({ schema, name: last });
    }
  }

  /** Those behind points, which are passed over. */
  #furtherNames(): string[] {
    const names: string[] = [];
    while (this.#token(1)?.text === "." && this.#token(2)?.isName) {
      this.#at += 2;
      names.push(this.#token(0)?.text ?? "");
    }
    return names;
  }
}
