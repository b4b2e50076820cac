export interface Drawing {
  png: Uint8Array;
  /** Pixels, twice the logical size. */
  width: number;
  height: number;
  /** What was rasterised, in logical pixels. */
  svg: string;
  /** Characters that no font has, drawn as □: a font folder given to `addFonts` mends it. */
  uncovered: readonly string[];
}

/** A finished SVG and its logical size. */
export interface Sheet {
  svg: string;
  width: number;
  height: number;
}
