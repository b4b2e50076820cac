import { type Account, isActiveOn } from "../account.ts";
import type { Company } from "../company.ts";

/**
 * The accounts used on each day, day by day, in the order of the accounts.
 * Keeps only those in the running, since most sign-ups never come back.
 */
export function* activeByDay({ accounts, calendar }: Company): Generator<[number, Account[]]> {
  const byDay = new Map<number, Account[]>();
  for (const account of accounts) {
    const those = byDay.get(account.day);
    if (those === undefined) byDay.set(account.day, [account]);
    else those.push(account);
  }
  let running: Account[] = [];
  for (let day = 0; day < calendar.endDay; day += 1) {
    const ends = (account: Account) => account.day + 7 * account.daysOfUse.length;
    running = running.filter((account) => day < ends(account)).concat(byDay.get(day) ?? []);
    yield [day, running.filter((account) => isActiveOn(account, day))];
  }
}
