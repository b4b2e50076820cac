/** What is not there in time. */
export class DeadlinePassed extends Error {
  override name = "DeadlinePassed";

  constructor(limitMs: number) {
    super(`not there after ${limitMs} ms`);
  }
}

/**
 * The task's own end, or a rejection with DeadlinePassed after `limitMs`. A task that is too late is
 * not stopped, for nothing could stop it: what it comes to is nobody's any more.
 */
export async function withDeadline<T>(task: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(limitMs)), limitMs);
  });
  try {
    return await Promise.race([task, limit]);
  } finally {
    clearTimeout(timer);
  }
}
