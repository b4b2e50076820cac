/** Who shared what where, so that a button that stands on after its press does not share again. */

export interface ShareGuard {
  /** False: it is being shared, or was a moment ago. */
  begin(key: string, now: Temporal.Instant): boolean;
  /** It was not shared after all. */
  forget(key: string): void;
}

/** For a press upon a press; whoever wants an old answer said again asks again. */
const REMEMBERED = Temporal.Duration.from({ minutes: 5 });

export function shareGuard(): ShareGuard {
  const shared = new Map<string, Temporal.Instant>();
  return {
    begin: (key, now) => {
      for (const [old, at] of shared)
        if (Temporal.Instant.compare(at.add(REMEMBERED), now) < 0) shared.delete(old);
      if (shared.has(key)) return false;
      shared.set(key, now);
      return true;
    },
    forget: (key) => void shared.delete(key),
  };
}
