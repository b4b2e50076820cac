/** How a company wants its numbers, money and dates said. */
export interface Voice {
  /** BCP 47, such as en-GB. */
  locale: string;
  /** ISO 4217, such as USD. */
  currency: string;
}
