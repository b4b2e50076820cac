import type { Account } from "./account.ts";
import type { Calendar } from "./calendar.ts";
import type { Climate } from "./climate.ts";
import type { CompanyOptions } from "./options.ts";
import type { Stories } from "./stories.ts";

/** All that the tables are told from; small, whatever the number of their rows. */
export interface Company {
  options: CompanyOptions;
  calendar: Calendar;
  climate: Climate;
  stories: Stories;
  /** In the order of sign-up week. */
  accounts: readonly Account[];
}
