/**
 * At most `limit` tasks at a time, the others wait in order. Only the PNG is made on other threads:
 * a few drawings in flight keep both them and this one busy, more only cost memory.
 */
export function concurrencyLimit(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < limit) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The place is handed over, not given up, so that nobody can take it in between.
      if (next) next();
      else running--;
    }
  };
}
