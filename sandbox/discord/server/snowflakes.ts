const EPOCH_MS = 1_420_070_400_000;

/** Makes Discord's ids: the milliseconds since 2015, then 22 bits that keep ids of one moment apart. */
export function snowflakes(now: () => Date): () => string {
  let last = 0n;
  return () => {
    const wanted = BigInt(Math.max(0, now().getTime() - EPOCH_MS)) << 22n;
    last = wanted > last ? wanted : last + 1n;
    return String(last);
  };
}

export function timeOf(snowflake: string): Date {
  return new Date(Number(BigInt(snowflake) >> 22n) + EPOCH_MS);
}
