import type { Account } from "./account.ts";
import { Calendar } from "./calendar.ts";
import { makeClimate } from "./climate.ts";
import type { Company } from "./company.ts";
import { liveThrough } from "./life.ts";
import { type CompanyOptions, checkOptions } from "./options.ts";
import { asInternal, makePersona } from "./persona.ts";
import { asQuietCustomer, quietCustomerWeek } from "./quiet-customer.ts";
import { storiesOf } from "./stories.ts";

/** One account in this many is staff, a test or a fraud, on top of the sign-ups. */
const internalEvery = 200;

export function foundCompany(options: CompanyOptions): Company {
  checkOptions(options);
  const stories = storiesOf(options.stories);
  const calendar = new Calendar(options.lastWeek, options.weeks);
  const setting = {
    options,
    calendar,
    stories,
    climate: makeClimate(options.seed, calendar, stories),
  };
  return { ...setting, accounts: signUpAll(setting) };
}

function signUpAll(setting: Omit<Company, "accounts">): Account[] {
  const accounts: Account[] = [];
  const quietWeek = quietCustomerWeek(setting.calendar.weeks);
  for (let week = 0; week < setting.calendar.weeks; week += 1) {
    let left = setting.climate.signUps[week] ?? 0;
    for (let isFirst = true; left > 0; isFirst = false) {
      const index = accounts.length;
      const persona = makePersona(setting, index, week);
      if (index % internalEvery === internalEvery - 1) {
        accounts.push(liveThrough(setting, asInternal(persona)));
        continue;
      }
      const isQuiet = isFirst && week === quietWeek;
      accounts.push(liveThrough(setting, isQuiet ? asQuietCustomer(persona) : persona));
      left -= 1;
    }
  }
  return accounts;
}
