/** The tickets of one account, from which the tables of tickets and escalations are told. */
import { type Account, firstDaysOfUse } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import type { Company } from "../company.ts";
import { Dice } from "../dice.ts";
import { quietWeeks } from "../quiet-customer.ts";

interface Ticket {
  id: string;
  createdAt: number;
  firstSolvedAt: number | null;
  reopenedAt: number | null;
  solvedAt: number | null;
  contacts: number;
  escalation: Escalation | null;
}

interface Escalation {
  openedAt: number;
  respondedAt: number | null;
  resolvedAt: number | null;
}

const ticketsAWeek = [0, 0.03, 0.05, 0.06, 0.1];

export function ticketsOf(company: Company, account: Account): Ticket[] {
  const { calendar, options, stories } = company;
  const dice = new Dice(options.seed, "support", account.index);
  const isTold = account.isQuietCustomer && stories.quietCustomer;
  const quietFrom = calendar.endDay - 7 * quietWeeks;
  const tickets: Ticket[] = [];
  for (const day of firstDaysOfUse(account, calendar.endDay)) {
    if (isTold && day >= quietFrom) break;
    for (let left = dice.count(ticketsAWeek[account.size] ?? 0); left > 0; left -= 1) {
      const at = Math.max(account.signedUpAt, day * daySeconds + dice.int(7 * 3600, 19 * 3600));
      tickets.push(ticket(`${account.id}-k${tickets.length + 1}`, at, dice));
    }
  }
  return isTold ? [...tickets, ...lastWords(account, quietFrom, tickets.length)] : tickets;
}

function ticket(id: string, createdAt: number, dice: Dice): Ticket {
  const solved = createdAt + Math.round(dice.around(20, 0.7) * 3600);
  const reopened = dice.chance(0.09) ? solved + dice.int(3600, 4 * daySeconds) : null;
  const again = reopened === null ? solved : reopened + Math.round(dice.around(16, 0.6) * 3600);
  const opened = createdAt + 3 * 3600;
  return {
    id,
    createdAt,
    firstSolvedAt: solved,
    reopenedAt: reopened,
    solvedAt: again,
    contacts: 1 + dice.count(0.55),
    escalation: dice.chance(0.06)
      ? {
          openedAt: opened,
          respondedAt: opened + Math.round(dice.around(2.5, 0.6) * 3600),
          resolvedAt: opened + Math.round(dice.around(60, 0.5) * 3600),
        }
      : null,
  };
}

/** Hours after the silence begins at which the quiet customer still writes; the last one is escalated. */
const lastTickets = [20, 68, 170, 236, 380];

/** Rising complaints, one escalation that stays open, then nothing more. */
function lastWords(account: Account, quietFrom: number, already: number): Ticket[] {
  return lastTickets.map((hours, n) => {
    const createdAt = quietFrom * daySeconds + hours * 3600;
    const isLast = n === lastTickets.length - 1;
    const solvedAt = isLast ? null : createdAt + 52 * 3600;
    const openedAt = createdAt + 24 * 3600;
    return {
      id: `${account.id}-k${already + n + 1}`,
      createdAt,
      firstSolvedAt: solvedAt,
      reopenedAt: null,
      solvedAt,
      contacts: 2 + n,
      escalation: isLast ? { openedAt, respondedAt: openedAt + 31 * 3600, resolvedAt: null } : null,
    };
  });
}
