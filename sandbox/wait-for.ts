import type { Feed } from "./feed.ts";

/** Looks now and after everything that happens; throws when there is nothing within the time. */
export function waitFor<T, Happening>(
  feed: Feed<Happening>,
  look: () => T | null | undefined | false,
  withinMs: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      unlisten();
      act();
    };
    const tryNow = () => {
      try {
        const found = look();
        if (found) finish(() => resolve(found));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error(`nothing within ${withinMs} ms: ${look.toString()}`))),
      withinMs,
    );
    const unlisten = feed.listen(tryNow);
    tryNow();
  });
}
