/**
 * Slack's timestamps from a clock: unique and increasing, even when the clock stands or goes back.
 * Microseconds, of which a clock in milliseconds leaves the last three digits to us.
 */
export function timestamps(now: () => Date): () => string {
  let last = 0n;
  return () => {
    const wanted = BigInt(now().getTime()) * 1000n;
    last = wanted > last ? wanted : last + 1n;
    return `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, "0")}`;
  };
}

export function isTimestamp(text: string): boolean {
  return /^\d{1,12}\.\d{6}$/.test(text);
}

/** The moment a message was posted. */
export function timeOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** Orders timestamps as text would not: "9.000000" is before "10.000000". */
export function compareTs(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}
