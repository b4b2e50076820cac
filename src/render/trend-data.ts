/** The rows of the trend template's data sets; `run` keeps lines apart where a week is missing. */
export interface TrendData {
  band: readonly BandRow[];
  target: readonly { value: number }[];
  line: readonly LineRow[];
  /** From the last complete week to the open ones. */
  openLine: readonly LineRow[];
  marks: readonly TrendMark[];
  labels: readonly EndLabel[];
}

export interface LineRow {
  /** Milliseconds of UTC. */
  at: number;
  value: number;
  run: number;
}

export interface BandRow {
  at: number;
  expected: number;
  low: number;
  high: number;
  run: number;
}

export interface TrendMark {
  at: number;
  value: number;
  shape: "circle" | "triangle-up" | "triangle-down" | "diamond";
  fill: string;
  stroke: string;
  /** Square pixels. */
  size: number;
}

/** Text to the right of the plot; `y` in pixels from its top. */
export interface EndLabel {
  y: number;
  text: string;
  colour: string;
  size: number;
  weight: 400 | 600;
}
