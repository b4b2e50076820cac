/** The work that has been begun and not finished, so that stopping can wait for it. */
export interface InFlight {
  /** Counts the work until it settles; hands its outcome on. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way, work begun meanwhile included. */
  drain(): Promise<void>;
}

export function inFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      const forget = () => running.delete(work);
      running.add(work);
      work.then(forget, forget);
      return work;
    },
    drain: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
