/** The program's clock. Made in main and cli only; everything else is handed an instant. */
export type Clock = () => Temporal.Instant;

/** The machine's clock, or one that runs on from `from` at the machine's pace. */
export function startClock(from: Temporal.Instant | null): Clock {
  if (from === null) return () => Temporal.Now.instant();
  const started = performance.now();
  return () => from.add({ milliseconds: Math.round(performance.now() - started) });
}
