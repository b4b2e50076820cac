/** A sign of life of something that is done again and again. */
export interface Pulse {
  beat(): void;
  /** Milliseconds since the last beat; before the first one, since it was made. */
  ageMs(): number;
}

export function pulse(): Pulse {
  let lastMs = performance.now();
  return {
    beat: () => {
      lastMs = performance.now();
    },
    ageMs: () => performance.now() - lastMs,
  };
}
