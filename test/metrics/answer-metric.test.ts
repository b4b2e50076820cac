import { afterEach, describe, expect, test } from "vitest";
import { parseWeek } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
const MONDAY = Temporal.PlainDate.from("2026-03-02");

/** Sign-ups of `weeks` weeks from 2 March 2026, as many a week as `perWeek` says. */
function signUps(weeks: number, perWeek: (week: number) => number) {
  return Array.from({ length: weeks }, (_, week) => {
    const signed_up_at = `${MONDAY.add({ weeks: week })}T09:00Z`;
    return Array.from({ length: perWeek(week) }, (_, i) =>
      anAccount(`a${week}-${i}`, { signed_up_at }),
    );
  }).flat();
}

const ticketsByCampaign = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, t.ticket_id AS campaign
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

describe("an answer", () => {
  afterEach(() => company.close());

  test("judges no open week, also of a filtered question", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: signUps(32, (week) => 4 + (week % 3)) });
    await completeThrough(company.db, MONDAY.add({ weeks: 31, days: 2 }).toString());
    await company.refresh();
    const query = {
      metric: "weekly_sign_ups",
      week: MONDAY.add({ weeks: 31 }).toString(),
      lastWeeks: 3,
    };
    for (const filters of [{}, { segment: ["smb"] }]) {
      const { series, status } = await company.ask({ ...query, filters });
      expect(status).toBe("open");
      expect(series.map((point) => point.band !== null)).toEqual([true, true, false]);
    }
  });

  test("compares a sum of weeks with as many weeks, or with none", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: signUps(8, () => 1) });
    await completeThrough(company.db, MONDAY.add({ weeks: 8 }).toString());
    await company.refresh();
    const query = { metric: "weekly_sign_ups", windowWeeks: 4 };
    const whole = await company.ask(query);
    expect(whole).toMatchObject({ previous: { value: 4 }, change: { absolute: 0 } });
    const cut = await company.ask({ ...query, week: MONDAY.add({ weeks: 6 }).toString() });
    expect(cut).toMatchObject({ previous: null, change: { absolute: null } });
  });

  test("counts an account once over values of a dimension that is the metric's own", async () => {
    company = await askedCompany(
      aMetric(ticketsByCampaign, { dimensions: "[campaign]", n: "accounts" }),
    );
    await putRows(company.db, {
      accounts: [anAccount("a")],
      tickets: ["x", "y"].map((ticket_id) => ({
        account_id: "a",
        ticket_id,
        created_at: "2026-03-04T09:00Z",
      })),
    });
    await completeThrough(company.db, "2026-03-09T00:00Z");
    await company.refresh();
    const query = { metric: "own_metric", filters: { campaign: ["x", "y"] } };
    expect((await company.ask(query)).figures).toMatchObject({ num: 2, n: 1 });
  });

  test("about values that do not exist or are missing is the same from cells and sources", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: signUps(3, () => 2) });
    await completeThrough(company.db, MONDAY.add({ weeks: 3 }).toString());
    await company.refresh();
    for (const segment of [["nobody"], ["(none)"], ["nobody", "smb"]]) {
      const query = { metric: "weekly_sign_ups", filters: { segment }, lastWeeks: 3 };
      expect(await company.ask(query)).toEqual(await company.ask(query, true));
    }
  });
});

test("an ISO week is, where weeks begin on a Sunday, the one that has most of its days", () => {
  expect(parseWeek("2026-W10", 1, MONDAY)).toBe("2026-03-02");
  expect(parseWeek("2026-W10", 7, MONDAY)).toBe("2026-03-01");
  expect(parseWeek("2026-W10", 3, MONDAY)).toBe("2026-03-04");
});
