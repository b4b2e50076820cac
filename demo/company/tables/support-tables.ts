import { ticketsOf } from "./support.ts";
import type { TableOfCompany } from "./table.ts";

export const ticketsTable: TableOfCompany = {
  name: "tickets",
  columns: [
    "account_id",
    "ticket_id",
    "created_at",
    "first_solved_at",
    "solved_at",
    "first_reopened_at",
    "customer_contacts",
    "escalated_at",
  ],
  *lines(company) {
    const { accounts, calendar } = company;
    for (const account of accounts) {
      for (const t of ticketsOf(company, account)) {
        // A ticket reopened and not yet solved again is open: its latest solve no longer stands.
        const isOpenAgain = t.reopenedAt !== null && t.reopenedAt < calendar.end;
        const solved = isOpenAgain ? t.solvedAt : t.firstSolvedAt;
        const when = [t.firstSolvedAt, solved, t.reopenedAt].map((at) =>
          calendar.instantOrNone(at),
        );
        const escalated = calendar.instantOrNone(t.escalation?.openedAt ?? null);
        yield `${account.id},${t.id},${calendar.instant(t.createdAt)},${when.join(",")},${t.contacts},${escalated}\n`;
      }
    }
  },
};

export const escalationsTable: TableOfCompany = {
  name: "escalations",
  columns: [
    "account_id",
    "escalation_id",
    "ticket_id",
    "opened_at",
    "first_response_at",
    "resolved_at",
  ],
  *lines(company) {
    const { accounts, calendar } = company;
    for (const account of accounts) {
      for (const { id, escalation } of ticketsOf(company, account)) {
        if (escalation === null || escalation.openedAt >= calendar.end) continue;
        const { openedAt, respondedAt, resolvedAt } = escalation;
        yield `${account.id},${id}-e,${id},${calendar.instant(openedAt)},${calendar.instantOrNone(respondedAt)},${calendar.instantOrNone(resolvedAt)}\n`;
      }
    }
  },
};
