const chunkLength = 64 * 1024;

/** Quoted only where RFC 4180 asks for it; an empty field is null to COPY, so an empty text is quoted. */
export function text(value: string): string {
  return value === "" || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** An amount in whole cents as an exact decimal. */
export function money(cents: number): string {
  const whole = Math.floor(cents / 100);
  const rest = cents - whole * 100;
  return `${whole}.${rest < 10 ? "0" : ""}${rest}`;
}

/** Lines that end in a line feed, gathered into chunks of about 64 KiB, the header first. */
export function* chunks(columns: readonly string[], lines: Iterable<string>): Generator<Buffer> {
  let gathered = `${columns.join(",")}\n`;
  for (const line of lines) {
    gathered += line;
    if (gathered.length >= chunkLength) {
      yield Buffer.from(gathered);
      gathered = "";
    }
  }
  if (gathered !== "") yield Buffer.from(gathered);
}
