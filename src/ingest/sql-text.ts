/** Names for SQL. They come from the database's catalogue or from a checked header; values are bound. */

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function identifiers(names: readonly string[], prefix = ""): string {
  return names.map((name) => `${prefix}${identifier(name)}`).join(", ");
}

/** A name of our own or of the catalogue as a text constant. */
export function constant(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
