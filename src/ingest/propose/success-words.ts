/** What people call the tables of support and success, and of targets. */
import { account, closing, happened, type TableWords } from "./table-words.ts";

export const successWords: Readonly<Record<string, TableWords>> = {
  tickets: {
    called: ["ticket", "support ticket", "case", "support case", "issue", "conversation"],
    columns: {
      account_id: account,
      ticket_id: { names: ["case id", "case number", "ticket number"], own: ["id", "number"] },
      created_at: {
        names: ["ticket created at"],
        own: ["submitted at", "opened at", "opened on", "opened", "date opened", ...happened],
      },
      first_solved_at: { names: ["first resolved at"], instead: { column: "solved_at" } },
      solved_at: {
        names: ["ticket solved at"],
        own: [
          "resolved at",
          "resolved on",
          "resolved",
          "solved on",
          "solved",
          "closed at",
          "closed on",
          "closed",
          "date closed",
          "resolution date",
        ],
      },
      first_reopened_at: { own: ["reopened at", "reopened"] },
      customer_contacts: { own: ["customer messages", "customer replies"] },
      escalated_at: { own: ["escalated on", "escalation date"] },
    },
  },
  escalations: {
    called: ["escalation"],
    columns: {
      account_id: account,
      escalation_id: { own: ["id", "number"] },
      ticket_id: { names: ["ticket", "case id"] },
      opened_at: { names: ["escalated at", "escalation date"], own: ["opened", ...happened] },
      first_response_at: { own: ["first reply at", "responded at"] },
      resolved_at: { own: ["closed at", "resolved", "resolved on"] },
    },
  },
  surveys: {
    called: ["survey", "survey response", "feedback", "csat", "nps", "rating"],
    within: ["tickets"],
    columns: {
      account_id: account,
      response_id: { names: ["survey response id", "survey id"], own: ["id"], instead: "row" },
      respondent_id: {
        names: ["respondent"],
        own: ["user id", "user", "email", "contact id"],
        instead: { sql: "'account'" },
      },
      kind: { names: ["survey kind", "survey type"], own: ["type", "survey"] },
      score: {
        names: [
          "satisfaction score",
          "csat score",
          "csat",
          "nps score",
          "nps",
          "satisfaction rating",
          "satisfaction",
          "survey score",
        ],
        own: ["rating", "answer", "value"],
      },
      responded_at: {
        names: ["answered at", "response date"],
        own: ["submitted at", "completed at", "date", ...happened],
        near: { "closed at": closing, "solved at": closing, "resolved at": closing },
      },
    },
  },
  cs_activities: {
    called: ["cs activity", "customer success activity", "success activity"],
    columns: {
      account_id: account,
      activity_id: { own: ["id"] },
      kind: { own: ["type"] },
      due_on: { own: ["due date", "due"] },
      completed_at: { own: ["completed", "completed on", "done at"] },
      is_proactive: { own: ["proactive"] },
    },
  },
  renewals: {
    called: ["renewal", "contract renewal"],
    columns: {
      account_id: account,
      renewal_id: { own: ["id"] },
      due_on: { names: ["renewal date"], own: ["due date", "due"] },
      mrr_due: {},
      outcome: { own: ["result", "status"] },
      decided_on: { own: ["decision date"] },
      mrr_renewed: {},
    },
  },
  customer_outcomes: {
    called: ["customer outcome", "customer goal"],
    columns: {
      account_id: account,
      outcome_id: { own: ["id"] },
      kind: { own: ["type"] },
      due_on: { own: ["due date"] },
      achieved_on: { own: ["achieved"] },
      amount: {},
      reported_on: { own: ["reported"] },
    },
  },
  targets: { called: ["target"], columns: {} },
  metric_observations: { called: ["metric observation"], columns: {} },
};
