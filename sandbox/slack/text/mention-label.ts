import type { Inline } from "./parse-mrkdwn.ts";

/** Gives the name of a person, channel or group by its id. */
export type NameOf = (id: string) => string;

type Mention = Extract<Inline, { kind: "mention" }>;

/** A mention as it is shown: the label it came with, the name, or at worst the id. */
export function mentionLabel(mention: Mention, nameOf: NameOf): string {
  const sign = mention.target === "channel" ? "#" : "@";
  const given = mention.label.startsWith(sign) ? mention.label.slice(1) : mention.label;
  // Those for everyone have no name but their word: channel, here, everyone.
  const name = mention.target === "everyone" ? mention.id : nameOf(mention.id);
  return `${sign}${given || name}`;
}
