/** Two periods or groups: whether and by how much they differ. */
export interface Comparison {
  /** The first less the other: fractions of shares, points of NPS. */
  difference: number;
  /** Two-sided. */
  p: number;
  /** 95% interval of the difference. */
  interval: readonly [number, number];
}
