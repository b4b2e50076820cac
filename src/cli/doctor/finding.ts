/** One thing that the doctor looked at. */
export interface Finding {
  /** A variable, a file, a channel, a part of the program. */
  about: string;
  /** `note`: not as it could be, and nothing stands still for it. */
  state: "ok" | "missing" | "note";
  said: string;
  /** What to do; null where nothing is to be done. */
  next: string | null;
  /** The step of the README's five that it belongs to. */
  step: Step | null;
}

/** 1 make the app, 2 install it, 3 hand over its tokens, 4 name and invite, 5 start. */
export type Step = 1 | 2 | 3 | 4 | 5;

export function fine(about: string, said: string): Finding {
  return { about, state: "ok", said, next: null, step: null };
}

export function missing(
  about: string,
  said: string,
  next: string,
  step: Step | null = null,
): Finding {
  return { about, state: "missing", said, next, step };
}

export function note(about: string, said: string, next: string, step: Step | null = null): Finding {
  return { about, state: "note", said, next, step };
}
