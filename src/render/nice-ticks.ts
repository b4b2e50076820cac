/** Round steps within a power of ten, as readers count. */
const multiples = [1, 2, 2.5, 5, 10];

/** The smallest round step that divides `span` into at most `most` parts. `span` is above 0. */
export function niceStep(span: number, most: number): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const multiple = multiples.find((m) => m * power >= rough * (1 - 1e-9)) ?? 10;
  return multiple * power;
}

/** The multiples of `step` from `low` to `high`, both included. */
export function ticksWithin(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Rounded to the step's own digits: 3 * 0.1 is not 0.3. Adding 0 turns -0 into 0.
  const digits = Math.min(
    15,
    Math.max(1, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 3),
  );
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, i) => Number(((first + i) * step).toPrecision(digits)) + 0,
  );
}

/**
 * The step that a single value of the axis needs to be told exactly, at most two digits finer than
 * the ticks: 0.415 on an axis of 0.05 is told in steps of 0.005.
 */
export function stepFor(value: number, step: number): number {
  const steps = [step, step / 10, step / 100];
  const fits = (s: number) => Math.abs(value / s - Math.round(value / s)) < 1e-6;
  return steps.find(fits) ?? step / 100;
}
