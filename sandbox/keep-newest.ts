/** Takes the oldest entries out of a map, or off a list, until it has no more than `most`; what went. */
export function keepNewest<T>(kept: Map<unknown, T> | T[], most: number): T[] {
  if (Array.isArray(kept)) return kept.splice(0, Math.max(kept.length - most, 0));
  const gone: T[] = [];
  for (const [key, value] of kept) {
    if (kept.size <= most) break;
    kept.delete(key);
    gone.push(value);
  }
  return gone;
}
