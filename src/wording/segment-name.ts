/** What a row of a breakdown is called, also where several segments are told together. */
import type { Segment } from "../metrics/index.ts";
import { LEAST_ACCOUNTS } from "../policy/index.ts";
import { list } from "./list.ts";
import { plural } from "./plural.ts";

/** `pro`; `3 segments under 5 accounts, together with basic`; `basic and pro together`. */
export function segmentName({ segment, together }: Pick<Segment, "segment" | "together">): string {
  if (together === undefined) return segment;
  const { small, others } = together;
  if (small.length === 0) return `${list(others)} together`;
  const few = `${small.length} ${plural(small.length, "segment")} under ${LEAST_ACCOUNTS} accounts`;
  return others.length === 0 ? few : `${few}, together with ${list(others)}`;
}
