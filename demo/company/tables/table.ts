import type { Company } from "../company.ts";

/** A source table of METRICS.md 2 and how the company tells it. */
export interface TableOfCompany {
  name: string;
  columns: readonly string[];
  /** CSV lines without the header, made one by one. */
  lines(company: Company): Iterable<string>;
}
