/** What a row of a breakdown is called, also where several segments are told together. */
import type { Segment } from "../metrics/index.ts";
import { LEAST_ACCOUNTS } from "../policy/index.ts";
import { list } from "./list.ts";
import { plural } from "./plural.ts";

type Named = Pick<Segment, "segment" | "together">;

/** `pro`; `3 segments under 5 accounts, together with basic`; `basic and pro together`. */
export function segmentName({ segment, together }: Named): string {
  if (together === undefined) return segment;
  const { small, others } = together;
  if (small.length === 0) return `${list(others)} together`;
  const few = `${small.length} ${plural(small.length, "segment")} under ${LEAST_ACCOUNTS} accounts`;
  return others.length === 0 ? few : `${few}, together with ${list(others)}`;
}

/** The same beside a bar, where there is little room: `basic + 3 small`. */
export function shortSegmentName({ segment, together }: Named): string {
  if (together === undefined) return segment;
  const { small, others } = together;
  return [...others, ...(small.length === 0 ? [] : [`${small.length} small`])].join(" + ");
}
