/** Accounts, their users and their subscriptions. */
import { type Account, userId } from "../account.ts";
import { daySeconds } from "../calendar.ts";
import { money, text } from "../csv.ts";
import type { TableOfCompany } from "./table.ts";

export const accountsTable: TableOfCompany = {
  name: "accounts",
  columns: [
    "account_id",
    "name",
    "source",
    "channel",
    "campaign_id",
    "segment",
    "region",
    "sla_uptime_target",
    "signed_up_at",
    "first_value_at",
    "activated_at",
    "pql_at",
    "first_paid_at",
    "closed_at",
    "is_internal",
  ],
  *lines({ accounts, calendar }) {
    for (const a of accounts) {
      const sla = a.size === 4 ? "0.999" : a.size === 2 ? "0.995" : "";
      const who = `${a.source},${a.channel},${a.campaign},${a.segment},${a.region},${sla}`;
      const when = [a.firstValueAt, a.activatedAt, a.qualifiedAt, a.firstPaidAt, a.closedAt]
        .map((at) => calendar.instantOrNone(at))
        .join(",");
      yield `${a.id},${text(a.name)},${who},${calendar.instant(a.signedUpAt)},${when},${a.isInternal}\n`;
    }
  },
};

export const usersTable: TableOfCompany = {
  name: "users",
  columns: ["account_id", "user_id", "team_id", "created_at", "deactivated_at"],
  *lines({ accounts, calendar }) {
    for (const account of accounts) {
      const until = Math.min(calendar.end, account.closedAt ?? calendar.end);
      const gone = calendar.instantOrNone(account.closedAt);
      for (const [user, day] of account.userDays.entries()) {
        const at = joinedAt(account, user, day);
        if (at >= until) continue;
        const team = (user % account.size) + 1;
        yield `${account.id},${userId(account, user)},${account.id}-t${team},${calendar.instant(at)},${gone}\n`;
      }
    }
  },
};

/** Before anything the user does on that day, and never before the account itself. */
function joinedAt(account: Account, user: number, day: number): number {
  if (user === 0) return account.signedUpAt;
  return day > account.day
    ? day * daySeconds + 5 * 3600 + user * 60
    : (day + 1) * daySeconds - 600 + user * 10;
}

export const subscriptionPeriodsTable: TableOfCompany = {
  name: "subscription_periods",
  columns: [
    "account_id",
    "line_id",
    "valid_from",
    "valid_to",
    "is_primary",
    "tier",
    "status",
    "mrr",
  ],
  *lines({ accounts, calendar }) {
    for (const account of accounts) {
      for (const p of account.plan) {
        if (p.from >= calendar.end) continue;
        yield `${account.id},${p.line},${calendar.instant(p.from)},${calendar.instantOrNone(p.to)},${p.isPrimary},${p.tier},${p.status},${money(p.mrrCents)}\n`;
      }
    }
  },
};
