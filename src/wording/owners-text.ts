import { MISSING } from "./say-number.ts";

/** `PRD +ENG, CS`: the owning team, and those that contribute. */
export function ownersText([owner, ...contributors]: readonly string[]): string {
  if (owner === undefined) return MISSING;
  return contributors.length === 0 ? owner : `${owner} +${contributors.join(", ")}`;
}
