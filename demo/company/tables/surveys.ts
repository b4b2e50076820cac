import { type Account, firstDaysOfUse, isCustomerOn, userId, usersBy } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import type { Company } from "../company.ts";
import { Dice, type Share } from "../dice.ts";
import { quietWeeks } from "../quiet-customer.ts";
import type { TableOfCompany } from "./table.ts";

type Kind = "csat" | "nps" | "support" | "roi";
/** From the best down. */
type Scores = readonly [Share<number>, Share<number>, ...Share<number>[]];

const fiveSteps: Scores = [
  [5, 0.46],
  [4, 0.36],
  [3, 0.11],
  [2, 0.05],
  [1, 0.02],
];
const elevenSteps: Scores = [
  [10, 0.24],
  [9, 0.22],
  [8, 0.2],
  [7, 0.13],
  [6, 0.08],
  [5, 0.06],
  [3, 0.04],
  [1, 0.03],
];

/** Answers that an active account gives in a week, by kind. */
const answers: readonly { kind: Kind; aWeek: number; scores: Scores }[] = [
  { kind: "csat", aWeek: 0.034, scores: fiveSteps },
  { kind: "nps", aWeek: 0.012, scores: elevenSteps },
  { kind: "support", aWeek: 0.014, scores: fiveSteps },
];
/** Only large customers are asked for what it returns. */
const roi = { kind: "roi" as const, aWeek: 0.05, scores: elevenSteps };

export const surveysTable: TableOfCompany = {
  name: "surveys",
  columns: ["account_id", "response_id", "respondent_id", "kind", "score", "responded_at"],
  *lines(company) {
    for (const account of company.accounts) yield* answersOf(company, account);
  },
};

function* answersOf(company: Company, account: Account): Generator<string> {
  const { calendar, options, stories } = company;
  const dice = new Dice(options.seed, "surveys", account.index);
  const isTold = account.isQuietCustomer && stories.quietCustomer;
  const quietFrom = calendar.endDay - 7 * quietWeeks;
  let nth = 0;
  for (const day of firstDaysOfUse(account, calendar.endDay)) {
    if (isTold && day >= quietFrom) break;
    const asked = account.size === 4 && isCustomerOn(account, day) ? [...answers, roi] : answers;
    for (const { kind, aWeek, scores } of asked) {
      if (!dice.chance(aWeek)) continue;
      nth += 1;
      const at = Math.max(account.signedUpAt, day * daySeconds + dice.int(8 * 3600, 19 * 3600));
      const who = userId(account, dice.int(0, usersBy(account, day) - 1));
      // Content until it falls silent, so that the fall shows.
      const score = account.isQuietCustomer
        ? scores[dice.int(0, 1) === 0 ? 0 : 1][0]
        : dice.weighted(scores);
      yield `${account.id},${account.id}-s${nth},${who},${kind},${score},${calendar.instant(at)}\n`;
    }
  }
  if (isTold) yield* lastAnswers(company, account, quietFrom, nth);
}

const last: readonly { kind: Kind; score: number; hours: number }[] = [
  { kind: "csat", score: 3, hours: 90 },
  { kind: "csat", score: 2, hours: 260 },
  { kind: "nps", score: 4, hours: 300 },
  { kind: "csat", score: 1, hours: 430 },
];

/** What the quiet customer still answers before it answers nothing. */
function* lastAnswers(
  { calendar }: Company,
  account: Account,
  quietFrom: number,
  already: number,
): Generator<string> {
  for (const [n, { kind, score, hours }] of last.entries()) {
    const at = calendar.instant(quietFrom * daySeconds + hours * 3600);
    yield `${account.id},${account.id}-s${already + n + 1},${userId(account, n)},${kind},${score},${at}\n`;
  }
}
