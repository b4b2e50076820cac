/** Keeps one metric's failure from being that of all: a definition's SQL is the company's own. */
import { isConnectionLoss } from "../db/index.ts";
import type { Metric } from "./catalogue/index.ts";
import { OwnSqlFailed, type OwnSqlFault } from "./own-sql-failed.ts";

export interface MetricFailure {
  metric: string;
  reason: string;
  /** Of a company's own definition; null: of one that ships. */
  own: OwnSqlFault | null;
}

export class Failures {
  readonly #failures = new Map<string, MetricFailure>();

  /**
   * What `work` gives, or `instead` after a failure, also after an earlier one: SQL that was cut off
   * would be so once more. A lost connection is nobody's fault and is thrown.
   */
  async attempt<T>(metric: Pick<Metric, "id">, instead: T, work: () => Promise<T>): Promise<T> {
    if (this.#failures.has(metric.id)) return instead;
    try {
      return await work();
    } catch (error) {
      if (isConnectionLoss(error) || !(error instanceof Error)) throw error;
      const own = error instanceof OwnSqlFailed ? error.fault : null;
      this.#failures.set(metric.id, { metric: metric.id, reason: error.message, own });
      return instead;
    }
  }

  list(): MetricFailure[] {
    return [...this.#failures.values()];
  }
}
