/** Discord's ids hold the time of their making: milliseconds since 2015 in all but the last 22 bits. */
export function snowflakeAt(instant: Temporal.Instant): string {
  const sinceEpoch = Math.max(0, instant.epochMilliseconds - epochMs);
  return String(BigInt(sinceEpoch) << 22n);
}

export function instantOf(snowflake: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number(BigInt(snowflake) >> 22n) + epochMs);
}

const epochMs = 1_420_070_400_000;
