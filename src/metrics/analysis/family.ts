/**
 * Benjamini-Hochberg: each p adjusted for all of them, in the order given;
 * q_(i) = min over j >= i of p_(j) m / j, at most 1. Source: METRICS.md 4.2 B, *Family*.
 */
export function adjustFamily(ps: readonly number[]): number[] {
  const falling = ps.map((p, index) => ({ p, index })).sort((one, other) => other.p - one.p);
  const adjusted = new Array<number>(ps.length);
  let smallest = 1;
  falling.forEach(({ p, index }, above) => {
    const rank = ps.length - above;
    smallest = Math.min(smallest, (p * ps.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
