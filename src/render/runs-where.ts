/** Neighbours that pass, in groups: a point that does not pass parts two of them. */
export function runsWhere<T, U extends T>(
  points: readonly T[],
  passes: (point: T) => point is U,
): U[][] {
  const runs: U[][] = [];
  let current: U[] | null = null;
  for (const point of points) {
    if (!passes(point)) {
      current = null;
    } else if (current) {
      current.push(point);
    } else {
      current = [point];
      runs.push(current);
    }
  }
  return runs;
}
