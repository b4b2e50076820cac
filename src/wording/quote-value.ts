/** A value as one types it where it must be nothing else: no keyword, and no list. */
export function quoteValue(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
