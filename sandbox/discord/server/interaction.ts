import type { JsonObject } from "../../json.ts";

/** Discord's numbers for what a person can do. */
export const INTERACTION_TYPES = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

export interface Interaction {
  id: string;
  token: string;
  kind: keyof typeof INTERACTION_TYPES;
  user: string;
  channel: string;
  createdAt: number;
  /** The message whose button or menu was used, also on the way to a modal. */
  source: string | null;
  /** What the first answer made or changed; it may stand for "is thinking". */
  original: string | null;
  acknowledged: boolean;
  /** What was offered for what is typed. */
  choices: readonly JsonObject[];
}

/** A form that somebody has before them. */
export interface Modal {
  customId: string;
  title: string;
  /** Rows or labels, each with its input. */
  parts: readonly JsonObject[];
  channel: string;
  source: string | null;
}
