/**
 * One record of a CSV file, with its line feed; null is an empty value. By hand, because a library
 * takes eight times the memory for a record, and there may be as many as a file has rows.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(field).join(",")}\n`;
}

function field(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
