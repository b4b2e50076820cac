/** The segments of one dimension under a trend, in the order in which they are to be read. */
export interface SegmentBars {
  title: string;
  rows: readonly SegmentBar[];
  /** How many are not drawn, in words; empty where all are. */
  more: string;
}

export interface SegmentBar {
  label: string;
  /** Null, or not finite: no value, and no bar. */
  value: number | null;
  /** The value, formatted. */
  text: string;
  /** Of too few to be relied on. */
  thin: boolean;
  /** What is to be known of it, in few words; empty where nothing is. */
  note: string;
}
