import { pause } from "./pause.ts";

/** Milliseconds. */
export interface Rhythm {
  everyMs: number;
  /** The pause after a first failure; it doubles with each that follows. */
  retryMs: number;
  longestRetryMs: number;
}

/**
 * Does the work at once and again and again, never twice at a time. A failure is told and the work
 * tried again. The function that comes back stops it, and waits for what is under way.
 */
export function repeat(
  work: (stopping: AbortSignal) => Promise<unknown>,
  { everyMs, retryMs, longestRetryMs }: Rhythm,
  onFailure: (error: unknown, failures: number) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await work(signal);
        failures = 0;
      } catch (error) {
        failures++;
        onFailure(error, failures);
      }
      const grownMs = Math.min(retryMs * 2 ** (failures - 1), longestRetryMs);
      await pause(failures === 0 ? everyMs : grownMs, signal);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
