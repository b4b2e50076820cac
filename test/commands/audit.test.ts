import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  answerClick,
  answerCommand,
  auditTurnedAway,
  type ChatContext,
  floodGuard,
  shareGuard,
} from "../../src/commands/index.ts";
import { operatorsOnly } from "../../src/commands/operators-only.ts";
import { silentLog } from "../../src/log.ts";
import { type AuditEntry, auditSince, type Caller, minimumCohort } from "../../src/policy/index.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "../metrics/asked-company.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { someRules } from "../support/some-rules.ts";
import { aColleague, colleaguesAtHome, heard, standing } from "./a-chat.ts";

const now = Temporal.Instant.from("2026-03-16T09:00:00Z");

let company: AskedCompany;
let context: ChatContext;

beforeAll(async () => {
  const sql = `SELECT w.a, t.account_id, t.created_at AS at, 7 AS num
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;
  company = await askedCompany(
    aMetric(sql, { id: "secret_money", name: "Secret Money", sensitive: "true", n: "accounts" }),
  );
  await putRows(company.db, {
    accounts: [anAccount("a", { signed_up_at: "2026-03-10T09:00Z" })],
    tickets: [{ ticket_id: "t", account_id: "a", created_at: "2026-03-10T09:00Z" }],
  });
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
});
afterAll(() => company.close());

beforeEach(async () => {
  context = {
    metrics: { db: company.db, catalogue: company.catalogue, settings: company.settings },
    rules: someRules(["slack:C0LEAD"]),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: ["weekly_sign_ups", "secret_money"],
    prefix: "/kpi",
    log: silentLog,
    privateChannels: new Set(),
    facts: colleaguesAtHome,
    flood: { pace: () => "answer" },
    sharing: shareGuard(),
  };
  await company.db.run("DELETE FROM audit");
});

const doing = (channel: string) => ({
  id: "T1",
  asker: { platform: "slack", user: "U0ANA" },
  place: { platform: "slack", channel },
  direct: false,
  external: false,
});

/** Pictures take most of a test's time, and nothing that is not said gets one. */
async function typed(text: string, channel: string) {
  const reply = heard({ isSaid: false });
  await answerCommand(context, { ...doing(channel), text }, reply, now);
  return reply;
}

async function entries(): Promise<Omit<AuditEntry, "at">[]> {
  const all = await auditSince(company.db, now);
  return all.map(({ at, ...entry }) => entry);
}

const byAna = { who: "slack:U0ANA", channel: "slack:C0LEAD" };

describe("the audit has", () => {
  test("an answer about a sensitive metric, with its filters", async () => {
    await typed("secret_money source=campaign", "C0LEAD");
    const what = { by: "question", metrics: ["secret_money"], filters: { source: ["campaign"] } };
    expect(await entries()).toEqual([{ ...byAna, kind: "disclosed", what, code: null }]);
  });

  test("of a scorecard the sensitive rows", async () => {
    await typed("scorecard", "C0LEAD");
    const what = { by: "question", metrics: ["secret_money"] };
    expect(await entries()).toEqual([{ ...byAna, kind: "disclosed", what, code: null }]);
  });

  test("a share apart from a click", async () => {
    for (const action of ["ask", "share"])
      await answerClick(
        context,
        { ...doing("C0LEAD"), action, value: "secret_money" },
        heard({ isSaid: false }),
        now,
      );
    expect((await entries()).map(({ what }) => what.by)).toEqual(["click", "share"]);
  });

  test("a question that too few accounts are behind", async () => {
    context = { ...context, metrics: { ...context.metrics, discretion: minimumCohort } };
    await typed("secret_money source=campaign", "C0LEAD");
    const what = { by: "question", metrics: ["secret_money"] };
    expect(await entries()).toEqual([{ ...byAna, kind: "refused", what, code: "few_accounts" }]);
  });

  test("a sensitive metric that was asked for where it is not told", async () => {
    await typed("define secret money", "C0ALL");
    const what = { by: "question", metrics: ["secret_money"] };
    const refused = { ...byAna, channel: "slack:C0ALL", kind: "refused", what, code: "sensitive" };
    expect(await entries()).toEqual([refused]);
  });

  test("whoever is not answered at all, and of their words the metric alone", async () => {
    context.facts = { ...colleaguesAtHome, person: async () => ({ ...aColleague, guest: true }) };
    await typed("weekly_sign_ups source=someone@example.org", "C0ALL");
    const what = { by: "question", metrics: ["weekly_sign_ups"] };
    const refused = { ...byAna, channel: "slack:C0ALL", kind: "refused", what, code: "guest" };
    expect(await entries()).toEqual([refused]);
  });

  test("nothing of what anybody may see", async () => {
    await typed("weekly_sign_ups", "C0ALL");
    await typed("metrics", "C0LEAD");
    await typed("help", "C0LEAD");
    expect(await entries()).toEqual([]);
  });

  test("an operator's command that somebody else gave", async () => {
    const caller: Caller = {
      kind: "person",
      person: doing("").asker,
      channel: doing("C0LEAD").place,
      direct: false,
      readers: "colleagues",
    };
    const fault = await operatorsOnly(context, { caller, now }, "runs resend");
    expect(fault).toEqual({ kind: "operators_only", command: "runs resend" });
    const what = { by: "runs resend", metrics: [] };
    expect(await entries()).toEqual([{ ...byAna, kind: "refused", what, code: "operators_only" }]);
    context.rules = someRules([], { operators: new Set(["slack:U0ANA"]) });
    expect(await operatorsOnly(context, { caller, now }, "runs resend")).toBeNull();
  });
});

test("what cannot be written into the audit is not told", async () => {
  await company.db.run("ALTER TABLE audit RENAME TO audit_away");
  const reply = await typed("secret_money", "C0LEAD");
  const open = await typed("weekly_sign_ups", "C0LEAD");
  await company.db.run("ALTER TABLE audit_away RENAME TO audit");
  expect(standing(reply).summary).toMatch(/did not work.*id: T1/);
  expect(standing(open).summary).not.toMatch(/did not work/);
  expect(await entries()).toEqual([]);
});

test("who asks again and again where nobody is served does not fill the audit", async () => {
  context = { ...context, flood: floodGuard() };
  for (let i = 0; i < 100; i++) await auditTurnedAway(context, doing("C0OTHER"), now);
  const turnedAway = (await entries()).filter(({ code }) => code === "not_served");
  expect(turnedAway.length).toBeGreaterThan(0);
  expect(turnedAway.length).toBeLessThanOrEqual(20);
});
