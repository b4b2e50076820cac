import type { Account } from "../account.ts";
import { type Calendar, daySeconds, weekOf } from "../calendar.ts";
import type { Company } from "../company.ts";
import { Dice } from "../dice.ts";
import { quietErrors, quietShare } from "../quiet-customer.ts";
import { type Region, services } from "../reference.ts";
import { activeByDay } from "./active-accounts.ts";
import { cumulativeShares, histogram } from "./latency-histogram.ts";
import type { TableOfCompany } from "./table.ts";

const buckets = Array.from({ length: 15 }, (_, i) => `b${i}`);
const slower = { amer: 0.97, emea: 1, apac: 1.12 } as const satisfies Record<Region, number>;
const throttleShare = 0.0012;
/** Programs of a large account call for more hours of a day. */
const mostHours = [1, 2, 3, 3, 5];

/** Only hours with traffic, in the order of hours, as the primary key is. */
export const telemetryHourlyTable: TableOfCompany = {
  name: "telemetry_hourly",
  columns: [
    "account_id",
    "service",
    "region",
    "hour_start",
    "requests",
    "errors",
    "throttled",
    ...buckets,
  ],
  *lines(company) {
    const { climate, options } = company;
    let week = -1;
    let shares = sharesOf(0);
    for (const [day, active] of activeByDay(company)) {
      if (weekOf(day) !== week) {
        week = weekOf(day);
        shares = sharesOf(climate.latency[week] ?? 0);
      }
      const hours = Array.from({ length: 24 }, () => "");
      for (const account of active) {
        if (!account.usesApi) continue;
        const dice = new Dice(options.seed, "telemetry", account.index, day);
        for (const hour of hoursOf(account, dice)) {
          hours[hour] += line(company, account, day, hour, shares[account.region], dice);
        }
      }
      yield* hours;
    }
  },
};

function sharesOf(weather: number): Record<Region, Float64Array> {
  return {
    amer: cumulativeShares(weather, slower.amer),
    emea: cumulativeShares(weather, slower.emea),
    apac: cumulativeShares(weather, slower.apac),
  };
}

function hoursOf(account: Account, dice: Dice): number[] {
  const first = 6 + (account.index % 9);
  const count = dice.int(1, mostHours[account.size] ?? 2);
  return Array.from({ length: count }, (_, n) => first + n);
}

function line(
  { calendar, climate, stories }: Company,
  account: Account,
  day: number,
  hour: number,
  shares: Float64Array,
  dice: Dice,
): string {
  const before = calendar.weeks - weekOf(day);
  const isTold = account.isQuietCustomer && stories.quietCustomer;
  const requests = Math.max(
    1,
    Math.round(dice.around(account.requestsAnHour, 0.35) * (isTold ? quietShare(before) : 1)),
  );
  const errorRate = (climate.errorRate[weekOf(day)] ?? 0) * (isTold ? quietErrors(before) : 1);
  const errors = Math.min(requests, dice.count(requests * errorRate));
  const throttled = Math.min(requests - errors, dice.count(requests * throttleShare));
  const served = histogram(requests - errors - throttled, shares, dice.next());
  const service = services[account.index % 4 === 0 ? 1 : 0];
  return `${account.id},${service},${account.region},${hourOf(calendar, day, hour)},${requests},${errors},${throttled}${served}\n`;
}

function hourOf(calendar: Calendar, day: number, hour: number): string {
  return calendar.instant(day * daySeconds + hour * 3600);
}
