/** One thing that the doctor looked at. */
export interface Finding {
  /** A variable, a file, a channel, a part of the program. */
  about: string;
  /**
   * `wrong`: it is there and cannot be used. `missing`: the bot does not run without it. `unset`: it
   * may be left as it is. `check`: only a person can see whether it is well.
   */
  state: "ok" | "wrong" | "missing" | "unset" | "check";
  said: string;
  /** What it is about one by one, each on a line of its own. */
  lines?: readonly string[];
  /** What to do; null where nothing is to be done. */
  next: string | null;
  /** The step that it belongs to, of the README's five into a Slack workspace. */
  step: Step | null;
}

/** 1 make the app, 2 install it, 3 hand over its tokens, 4 name and invite, 5 start. */
export type Step = 1 | 2 | 3 | 4 | 5;

/** What was looked at, in the order in which it is told. */
export const areas = ["Settings", "Data", "Slack", "Discord", "Pictures"] as const;
export type Findings = Readonly<Record<(typeof areas)[number], readonly Finding[]>>;

export function fine(about: string, said: string): Finding {
  return { about, state: "ok", said, next: null, step: null };
}

const stating =
  (state: Finding["state"]) =>
  (about: string, said: string, next: string, step: Step | null = null): Finding => ({
    about,
    state,
    said,
    next,
    step,
  });

export const wrong = stating("wrong");
export const missing = stating("missing");
export const unset = stating("unset");
export const check = stating("check");
