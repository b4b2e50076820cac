/** What charts are drawn of. */
export interface Point {
  label: string;
  value: number;
}

export interface Series {
  name: string;
  points: readonly Point[];
}

/** Told apart by more than hue: they differ in lightness too. */
export const COLOURS = ["#1264a3", "#e8912d", "#2f8f6b", "#a8326e", "#6f5bd1", "#8a8d91"] as const;
