import type { ChannelFacts } from "../message.ts";

/**
 * Who reads a place. `colleagues`: full members of one's own organisation alone. `guests`: people of
 * limited access too. `unknown`: the platform cannot say whether there are such. `others`: another
 * organisation, or one that is invited.
 */
export type Readers = "colleagues" | "guests" | "unknown" | "others";

export function readersOf({ external, guests }: ChannelFacts): Readers {
  if (external) return "others";
  if (guests === null) return "unknown";
  return guests ? "guests" : "colleagues";
}
