/** Tells the code of an SQL text from its literals, quoted names and comments, where `:name` is only text. */

const quoted =
  /--[^\n]*|\/\*(?:\/\*[\s\S]*?\*\/|[\s\S])*?\*\/|[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:''|[^'])*'|"(?:""|[^"])*"|\$([a-zA-Z_]\w*)?\$[\s\S]*?\$\1\$/g;

/** The text with its code changed by `change`, piece by piece; all else stays. */
export function mapCode(sql: string, change: (code: string) => string): string {
  let result = "";
  let end = 0;
  for (const match of sql.matchAll(quoted)) {
    result += change(sql.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(sql.slice(end));
}

/** The code alone. */
export function codeOf(sql: string): string {
  return sql.replace(quoted, " ");
}

/** The code and the names in quotes, as they stand. */
export function codeAndNames(sql: string): string {
  return sql.replace(quoted, (piece) => (piece.startsWith('"') ? piece : " "));
}

/** The code alone, in which a name in quotes stands as it would without them. */
export function namesIn(sql: string): string {
  return sql.replace(quoted, (piece) => (piece.startsWith('"') ? piece.slice(1, -1) : " "));
}

/** Whether the code names a table, or anything else that is called so, in whatever case. */
export function mentions(sql: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`, "i").test(namesIn(sql));
}
