import { type CompanyOptions, demoCompany } from "../../demo/company/index.ts";

export const told = demoCompany;
export const untold: CompanyOptions = { ...told, stories: false };

export const firstMonday = Temporal.PlainDate.from(told.lastWeek)
  .subtract({ weeks: told.weeks - 1 })
  .toString();
/** The Monday after the newest week: nothing has happened from here on. */
export const end = Temporal.PlainDate.from(told.lastWeek).add({ weeks: 1 }).toString();
