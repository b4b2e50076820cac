/** Samples, what is said of them, and tables. */

export interface Table {
  title: string;
  /** What was done, and what the columns mean. */
  about: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** `share` of the samples are at most this; nearest rank, 0 < share <= 1. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)}`;
export const ratio = (value: number): string => value.toFixed(2);

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function markdown({ title, about, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = line(head.map((_, i) => (i === 0 ? "---" : "---:")));
  return [`## ${title}`, "", about, "", line(head), rule, ...rows.map(line), ""].join("\n");
}
