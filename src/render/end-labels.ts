/** A label at the height where its line ends, and the height that the label itself needs. */
interface WantedLabel {
  y: number;
  height: number;
}

/**
 * Moves labels that would overlap apart, as little as possible and both by the same, and keeps them
 * within 0 and `bottom`. Returns a middle for each, in the order given.
 */
export function partLabels(wanted: readonly WantedLabel[], bottom: number): number[] {
  const within = (y: number, { height }: WantedLabel) =>
    Math.min(bottom - height / 2, Math.max(height / 2, y));
  const [first, second] = wanted;
  if (!first) return [];
  if (!second) return [within(first.y, first)];
  const [upper, lower] = first.y <= second.y ? [first, second] : [second, first];
  const distance = (upper.height + lower.height) / 2;
  const overlap = Math.max(0, distance - (lower.y - upper.y));
  let top = within(upper.y - overlap / 2, upper);
  const low = within(Math.max(lower.y + overlap / 2, top + distance), lower);
  top = Math.min(top, low - distance);
  return upper === first ? [top, low] : [low, top];
}
