import { type Account, isActiveOn, isCustomerOn, mrrAt } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import type { Company } from "../company.ts";
import { money } from "../csv.ts";
import { Dice } from "../dice.ts";
import { modelOn } from "./model-of-day.ts";
import type { TableOfCompany } from "./table.ts";

/** Share of a month's subscription that a week recognises. */
const weekOfMonth = 12 / 52;
const costShare = 0.27;
/** Metered use beyond the plan, as a share of a week's subscription. */
const meteredShare = 0.12;
const onboardingFee = { cents: 180_000, chance: 0.5 };

/**
 * Subscriptions are recognised once a week, on the weekday on which the account
 * began to pay; metered use on the same day, one-time fees with the first week.
 */
export const revenueDailyTable: TableOfCompany = {
  name: "revenue_daily",
  columns: ["account_id", "revenue_date", "revenue_kind", "model_id", "net_amount", "cost_amount"],
  *lines(company) {
    for (const account of company.accounts) {
      if (account.paidFrom !== null) yield* revenueOf(company, account, account.paidFrom);
    }
  },
};

function* revenueOf(company: Company, account: Account, paidFrom: number): Generator<string> {
  const { calendar, options } = company;
  const dice = new Dice(options.seed, "revenue", account.index);
  const meters = account.usesApi && account.size > 1;
  // Costs of the smallest customers are not measured one by one.
  const costOf = (cents: number) =>
    account.size === 1 ? "" : money(Math.round(cents * costShare));
  for (let day = paidFrom; day < calendar.endDay && isCustomerOn(account, day); day += 7) {
    const row = `${account.id},${calendar.date(day)}`;
    const cents = Math.round(mrrAt(account, (day + 1) * daySeconds - 1) * weekOfMonth);
    if (cents > 0) yield `${row},subscription,none,${money(cents)},${costOf(cents)}\n`;
    if (day === paidFrom && account.size === 4 && dice.chance(onboardingFee.chance)) {
      yield `${row},one_time,none,${money(onboardingFee.cents)},${costOf(onboardingFee.cents)}\n`;
    }
    const metered = Math.round(cents * meteredShare * dice.around(1, 0.35));
    if (meters && metered > 0 && usedInWeekBefore(account, day)) {
      const model = modelOn(account, day, calendar.weeks).id;
      yield `${row},usage,${model},${money(metered)},${costOf(metered)}\n`;
    }
  }
}

function usedInWeekBefore(account: Account, day: number): boolean {
  for (let back = 0; back < 7; back += 1) if (isActiveOn(account, day - back)) return true;
  return false;
}
