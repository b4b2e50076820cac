/** What Customer Success does and records: activities, renewals, outcomes. */
import { type Account, isCustomerOn, mrrAt } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import type { Company } from "../company.ts";
import { termDays } from "../course.ts";
import { money } from "../csv.ts";
import { Dice } from "../dice.ts";
import { quietWeeks } from "../quiet-customer.ts";
import type { TableOfCompany } from "./table.ts";

/** Every so many days, for accounts of at least this size. */
const rhythms = [
  { kind: "qbr", everyDays: 91, fromSize: 4, done: 0.88 },
  { kind: "health_check", everyDays: 28, fromSize: 4, done: 0.93 },
  { kind: "outreach", everyDays: 119, fromSize: 2, done: 0.8 },
] as const;

export const csActivitiesTable: TableOfCompany = {
  name: "cs_activities",
  columns: ["account_id", "activity_id", "kind", "due_on", "completed_at", "is_proactive"],
  *lines(company) {
    for (const account of company.accounts) {
      const dice = new Dice(company.options.seed, "success", 1, account.index);
      for (const rhythm of rhythms) yield* activities(company, account, rhythm, dice);
    }
  },
};

function* activities(
  { calendar, stories }: Company,
  account: Account,
  { kind, everyDays, fromSize, done }: (typeof rhythms)[number],
  dice: Dice,
): Generator<string> {
  if (account.paidFrom === null || account.size < fromSize) return;
  const isTold = account.isQuietCustomer && stories.quietCustomer;
  // No review of the quiet customer took place in the last quarter, and no check since it fell silent.
  const missedFrom = calendar.endDay - (kind === "qbr" ? 98 : 7 * quietWeeks);
  let nth = 0;
  for (let due = account.paidFrom + everyDays; due < calendar.endDay + 28; due += everyDays) {
    if (!isCustomerOn(account, due)) return;
    nth += 1;
    const late = dice.int(-6, dice.chance(0.1) ? 30 : 4);
    const isDone = dice.chance(done) && !(isTold && due >= missedFrom);
    const at = isDone ? (due + late) * daySeconds + dice.int(9 * 3600, 16 * 3600) : null;
    const isProactive = kind !== "outreach" || dice.chance(0.7);
    yield `${account.id},${account.id}-${kind}${nth},${kind},${calendar.date(due)},${calendar.instantOrNone(at)},${isProactive}\n`;
  }
}

/** The quiet customer's next term ends this many days after the end of history. */
const quietDueIn = 33;

export const renewalsTable: TableOfCompany = {
  name: "renewals",
  columns: [
    "account_id",
    "renewal_id",
    "due_on",
    "mrr_due",
    "outcome",
    "decided_on",
    "mrr_renewed",
  ],
  *lines(company) {
    for (const account of company.accounts) {
      if (account.tier === "enterprise" && account.paidFrom !== null) {
        yield* renewalsOf(company, account, account.paidFrom);
      }
    }
  },
};

function* renewalsOf(company: Company, account: Account, paidFrom: number): Generator<string> {
  const { calendar, options } = company;
  const dice = new Dice(options.seed, "success", 2, account.index);
  const shift = (calendar.endDay + quietDueIn - paidFrom) % termDays;
  const start = account.isQuietCustomer ? paidFrom + shift : paidFrom;
  let nth = 0;
  for (let due = start + termDays; due < calendar.endDay + termDays; due += termDays) {
    const isLost = account.leaves !== null && account.leaves <= due;
    const decided = isLost ? due : due - dice.int(0, 25);
    const isDecided = decided < calendar.endDay;
    nth += 1;
    const at = Math.min(due, calendar.endDay) * daySeconds;
    const mrrDue = mrrAt(account, at - daySeconds);
    const kept = isLost ? 0 : mrrAt(account, at);
    const end = isDecided
      ? `${isLost ? "churned" : "renewed"},${calendar.date(decided)},${money(kept)}`
      : ",,";
    if (mrrDue > 0) {
      yield `${account.id},${account.id}-r${nth},${calendar.date(due)},${money(mrrDue)},${end}\n`;
    }
    if (isLost) return;
  }
}

export const customerOutcomesTable: TableOfCompany = {
  name: "customer_outcomes",
  columns: ["account_id", "outcome_id", "kind", "due_on", "achieved_on", "amount", "reported_on"],
  *lines({ accounts, calendar, options }) {
    for (const account of accounts) {
      if (account.paidFrom === null || account.size < 4) continue;
      const dice = new Dice(options.seed, "success", 3, account.index);
      let nth = 0;
      for (let set = account.paidFrom + 20; set < calendar.endDay; set += 91) {
        if (!isCustomerOn(account, set)) break;
        nth += 1;
        const due = set + dice.int(30, 88);
        const achieved = dice.chance(0.74) ? due + dice.int(-20, 6) : null;
        const row = `${account.id},${account.id}-g${nth}`;
        const on = calendar.date(set);
        yield `${row},goal,${calendar.date(due)},${calendar.dateOrNone(achieved)},,${on}\n`;
        if (dice.chance(0.35)) yield `${row}c,cost_savings,,,${dice.int(3, 60)}00.00,${on}\n`;
        if (dice.chance(0.25)) yield `${row}v,revenue_growth,,,${dice.int(5, 90)}00.00,${on}\n`;
      }
    }
  },
};
