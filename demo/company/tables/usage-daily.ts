import { type Account, userId, usersBy } from "../account.ts";
import { weekOf } from "../calendar.ts";
import type { Company } from "../company.ts";
import { Dice } from "../dice.ts";
import { quietShare } from "../quiet-customer.ts";
import { availableFrom, type Feature, features } from "../reference.ts";
import { activeByDay } from "./active-accounts.ts";
import { modelOn } from "./model-of-day.ts";
import type { TableOfCompany } from "./table.ts";

/** In the order of days, as the primary key is, so that loading appends to its index. */
export const usageDailyTable: TableOfCompany = {
  name: "usage_daily",
  columns: [
    "account_id",
    "user_id",
    "usage_date",
    "feature_id",
    "model_id",
    "event_count",
    "api_calls",
    "tokens",
    "active_minutes",
  ],
  *lines(company) {
    for (const [day, active] of activeByDay(company)) {
      for (const account of active) yield usageOf(company, account, day);
    }
  },
};

/** All lines of one account's day; at least one of a core feature. */
function usageOf(company: Company, account: Account, day: number): string {
  const dice = new Dice(company.options.seed, "usage", account.index, day);
  const share = shareOfDay(company, account, day);
  const joined = usersBy(account, day);
  const wanted = 1 + (account.size > 1 && dice.chance(0.3) ? 1 : 0);
  const users = Math.min(joined, account.size === 4 ? wanted + dice.int(0, 1) : wanted);
  const firstUser = dice.int(0, joined - 1);
  let lines = "";
  for (let nth = 0; nth < users; nth += 1) {
    const who = userId(account, (firstUser + nth) % joined);
    for (const feature of featuresOfDay(company, account, day, nth === 0, dice)) {
      lines += line(company, account, who, day, feature, share, dice);
    }
  }
  return lines;
}

function featuresOfDay(
  { calendar }: Company,
  account: Account,
  day: number,
  needsCore: boolean,
  dice: Dice,
): Feature[] {
  const own = account.features;
  const isOut = (f: Feature) => availableFrom(f.availableAfter, calendar.weeks) > day;
  const start = dice.int(0, own.length - 1);
  const count = Math.min(own.length, 1 + (dice.chance(0.42) ? 1 : 0));
  const used: Feature[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const feature = features[own[(start + nth) % own.length] ?? own[0]];
    if (feature !== undefined && !isOut(feature)) used.push(feature);
  }
  const usual = features[own[0]] ?? features[0];
  if (needsCore && !used.some((f) => f.isCore)) used.push(usual);
  return used;
}

function line(
  { calendar }: Company,
  account: Account,
  who: string,
  day: number,
  feature: Feature,
  share: number,
  dice: Dice,
): string {
  const model = feature.usesModel ? modelOn(account, day, calendar.weeks) : null;
  const events = Math.max(1, Math.round(share * dice.around(6 + 3 * account.size, 0.45)));
  const tokens = model === null ? 0 : events * (300 + 220 * model.rank);
  const calls = account.usesApi && model !== null ? events * 3 : 0;
  const halfMinutes = events + dice.int(1, 24);
  const minutes = `${halfMinutes >> 1}.${(halfMinutes & 1) * 5}`;
  return `${account.id},${who},${calendar.date(day)},${feature.id},${model?.id ?? "none"},${events},${calls},${tokens},${minutes}\n`;
}

function shareOfDay({ calendar, stories }: Company, account: Account, day: number): number {
  const isTold = account.isQuietCustomer && stories.quietCustomer;
  return isTold ? quietShare(calendar.weeks - weekOf(day)) : 1;
}
