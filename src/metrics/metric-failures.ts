/** Keeps one metric's failure from being that of all: a definition's SQL is the company's own. */
import { isConnectionLoss } from "../db/index.ts";
import type { Metric } from "./catalogue/index.ts";

export interface MetricFailure {
  metric: string;
  reason: string;
}

export class Failures {
  readonly #reasons = new Map<string, string>();

  /** What `work` gives, or `instead` after a failure. A lost connection is nobody's fault and is thrown. */
  async attempt<T>(metric: Metric, instead: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isConnectionLoss(error) || !(error instanceof Error)) throw error;
      this.#reasons.set(metric.id, error.message);
      return instead;
    }
  }

  list(): MetricFailure[] {
    return [...this.#reasons].map(([metric, reason]) => ({ metric, reason }));
  }
}
