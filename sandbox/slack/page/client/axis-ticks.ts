/** About four round steps that hold all values; from zero on when the sizes themselves are shown. */
export function niceTicks(values: readonly number[], fromZero: boolean): number[] {
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values, ...(fromZero ? [0] : []));
  const high = Math.max(...values, ...(fromZero ? [0] : []));
  const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
  // A spread that drowns in the values' own rounding is none.
  const spread = high - low > size * 1e-9 ? high - low : size;
  const step = niceStep(spread / 4);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** 1, 2, 2.5 or 5 times a power of ten, at least as large as wanted. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 2.5, 5].find((one) => one * power >= wanted * 0.999_999) ?? 10;
  return factor * power;
}

const MOST_DECIMALS = 8;

/** As many decimals as the steps need, large numbers short. */
export function tickText(tick: number, step: number): string {
  if (step >= 1000) {
    return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }).format(
      tick,
    );
  }
  let decimals = 0;
  while (decimals < MOST_DECIMALS && !isWhole(step * 10 ** decimals)) decimals += 1;
  return tick.toFixed(decimals);
}

function isWhole(value: number): boolean {
  return value >= 0.5 && Math.abs(value - Math.round(value)) < 1e-6;
}
