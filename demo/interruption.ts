/** What Ctrl-C does while the demo is brought up. */
import type { Log } from "../src/log.ts";
import type { Data } from "../src/open-data.ts";

/**
 * What `work` gives, or null once interrupted: then the database ends what is under way, and what
 * else the work waits for is not waited for.
 */
export async function unlessInterrupted<T>(
  signal: AbortSignal,
  data: Data,
  work: () => Promise<T>,
): Promise<T | null> {
  if (signal.aborted) return null;
  const interrupted = Promise.withResolvers<null>();
  const interrupt = (): void => void data.interrupt().then(() => interrupted.resolve(null));
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    return await Promise.race([work(), interrupted.promise]);
  } catch (error) {
    if (!signal.aborted) throw error;
    return interrupted.promise;
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** That what was interrupted has failed is no news. */
export function quietOnceAborted(signal: AbortSignal, log: Log): Log {
  const say =
    (level: keyof Log): Log["info"] =>
    (event, fields) => {
      if (!signal.aborted) log[level](event, fields);
    };
  return { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
}
