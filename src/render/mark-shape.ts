import { num } from "./svg.ts";

export type MarkShape =
  | "up"
  | "down"
  | "diamond"
  | "hollow-diamond"
  | "wave"
  | "hollow-circle"
  | "dash"
  | "clock"
  | "cross"
  | "check"
  | "hollow-up";

/** Paths around the origin, about 10 px wide, told apart without their colour. */
const paths: Record<MarkShape, { d: string; filled: boolean }> = {
  up: { d: "M0-5L5.5 4.5H-5.5Z", filled: true },
  down: { d: "M0 5L5.5-4.5H-5.5Z", filled: true },
  diamond: { d: "M0-5.5L5.5 0L0 5.5L-5.5 0Z", filled: true },
  "hollow-diamond": { d: "M0-4.75L4.75 0L0 4.75L-4.75 0Z", filled: false },
  wave: { d: "M-5 1.5C-3.5-4-1.5-4 0 0S3.5 4 5-1.5", filled: false },
  "hollow-circle": { d: "M-3.5 0A3.5 3.5 0 1 1 3.5 0A3.5 3.5 0 1 1-3.5 0Z", filled: false },
  dash: { d: "M-4 0H4", filled: false },
  clock: {
    d: "M-4.5 0A4.5 4.5 0 1 1 4.5 0A4.5 4.5 0 1 1-4.5 0ZM0-2.25V0.25L1.75 1.25",
    filled: false,
  },
  check: { d: "M-4 0.5L-1.25 3.25L4-3.25", filled: false },
  "hollow-up": { d: "M0-4L4.5 3.5H-4.5Z", filled: false },
  cross: { d: "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5", filled: false },
};

/** A shape around a point, in logical pixels. */
export function markShape(shape: MarkShape, cx: number, cy: number, colour: string): string {
  const { d, filled } = paths[shape];
  const paint = filled
    ? `fill="${colour}"`
    : `fill="none" stroke="${colour}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"`;
  return `<path transform="translate(${num(cx)},${num(cy)})" d="${d}" ${paint}/>`;
}
