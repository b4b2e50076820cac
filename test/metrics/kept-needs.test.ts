/** What the facts know of needs, and when the sources are asked again. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { column } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
const NEED = "surveys.kind=csat";

beforeEach(async () => {
  company = await askedCompany();
  await putRows(company.db, { accounts: [anAccount("a")] });
  await completeThrough(company.db, "2026-04-20T00:00Z");
  await refreshed();
  expect(await isHeld(NEED)).toBe("false");
});
afterEach(() => company.close());

const refreshed = (full = false) =>
  company.refresh({ full, first: ["customer_satisfaction_score"], onlyFirst: true });
const mark = (table: string) =>
  company.db.run("INSERT INTO bot.dirty VALUES ($1, '2026-04-08')", [table]);

async function isHeld(need: string): Promise<string | undefined> {
  const [held] = await column(
    company.db,
    `SELECT held::text AS value FROM facts.held WHERE need = '${need}'`,
  );
  return held;
}

const putSurvey = () =>
  putRows(company.db, {
    surveys: [
      {
        account_id: "a",
        response_id: "r",
        respondent_id: "u",
        kind: "csat",
        score: 5,
        responded_at: "2026-04-08T09:00Z",
      },
    ],
  });

test("a table without a mark is not gone through again, one with a mark is", async () => {
  await putSurvey();
  await mark("tickets");
  await refreshed();
  expect(await isHeld(NEED)).toBe("false");
  await mark("surveys");
  await refreshed();
  expect(await isHeld(NEED)).toBe("true");
  await company.db.run("DELETE FROM source.surveys");
  await mark("surveys");
  await refreshed();
  expect(await isHeld(NEED)).toBe("false");
});

test("what a new definition needs is asked, and with --full all is", async () => {
  await putSurvey();
  await company.db.run("DELETE FROM facts.held WHERE need = $1", [NEED]);
  await company.db.run("UPDATE facts.held SET held = true");
  await refreshed();
  expect(await isHeld(NEED)).toBe("true");
  expect(await isHeld("accounts.pql_at")).toBe("true");
  await refreshed(true);
  expect(await isHeld("accounts.pql_at")).toBe("false");
});

test("of rows that leave no marks the sources are asked: codes, and activities without a day", async () => {
  await putRows(company.db, {
    channels: [{ channel: "direct", is_organic: true }],
    cs_activities: [{ account_id: "a", activity_id: "c", kind: "qbr" }],
  });
  await refreshed();
  expect(await isHeld("channels.is_organic")).toBe("true");
  expect(await isHeld("cs_activities.kind=qbr")).toBe("true");
});
