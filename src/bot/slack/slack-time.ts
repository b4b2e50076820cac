/** Slack's `ts`: seconds since 1970 and a six-digit part that makes it unique in its channel. */
export function instantOfTs(ts: string): Temporal.Instant {
  const [seconds = "0", micros = "0"] = ts.split(".");
  const nanoseconds = BigInt(seconds) * 1_000_000_000n + BigInt(micros.padEnd(6, "0")) * 1_000n;
  return Temporal.Instant.fromEpochNanoseconds(nanoseconds);
}

export function tsOfInstant(instant: Temporal.Instant): string {
  const micros = instant.epochNanoseconds / 1_000n;
  const fraction = String(micros % 1_000_000n).padStart(6, "0");
  return `${micros / 1_000_000n}.${fraction}`;
}

export function isTs(ts: string): boolean {
  return /^\d{1,12}\.\d{1,6}$/.test(ts);
}
