import { randomUUID } from "node:crypto";

/** The id by which a message of ours is found again: opaque, and short enough for Discord's nonce of 25 characters. */
export function ourId(): string {
  return randomUUID().replaceAll("-", "").slice(0, 24);
}
