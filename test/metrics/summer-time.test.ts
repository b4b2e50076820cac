/**
 * Deadlines where summer time begins: 168 hours after Sunday 23:30 it is Monday 00:30, and what
 * happens in that half hour must not change a week, or a month, that is final (METRICS.md 1.6).
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultSettings, type Metric } from "../../src/metrics/catalogue/index.ts";
import type { Grain } from "../../src/periods.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { forgetFrom } from "./any-company/forget.ts";
import { type Company, figures, inCompany } from "./any-company/read.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

const settings = { ...defaultSettings, timeZone: "Europe/Berlin" };

/** The month and the week in which summer time begins, on 29 March; the later first, to be forgotten. */
const periods = [
  { name: "month", period: "2026-03-01", end: "2026-04-01", grain: { unit: "month" } },
  { name: "week", period: "2026-03-23", end: "2026-03-30", grain: undefined },
] as const satisfies { name: string; period: string; end: string; grain: Grain | undefined }[];

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany("", settings);
  await putRows(company.db, {
    channels: [{ channel: "direct", is_organic: true }],
    campaigns: [{ campaign_id: "fair", kind: "event", channel: "direct" }],
    accounts: [anAccount("old", { signed_up_at: "2026-01-05T09:00Z" })],
  });
  for (const { end } of periods)
    for (const days of [7, 14, 28]) await putRows(company.db, begunAndDone(end, days));
});
afterAll(() => company.close());

/** One of everything with a deadline, begun half an hour before a midnight and done a quarter after `end`. */
function begunAndDone(end: string, days: number) {
  const day = Temporal.PlainDate.from(end).toZonedDateTime("Europe/Berlin");
  const begun = day.subtract({ days }).subtract({ minutes: 30 }).toInstant().toString();
  const done = day.add({ minutes: 15 }).toInstant().toString();
  const id = `${end} ${days}`;
  const [old, created_at] = [{ account_id: "old" }, begun];
  const reached = { activated_at: done, first_value_at: done };
  const run = { completed_at: done };
  return {
    accounts: [anAccount(id, { signed_up_at: begun, ...reached })],
    journey_runs: [
      { ...old, run_id: id, journey: "export", started_at: begun, ...run },
      { account_id: id, run_id: "set-up", journey: "onboarding", started_at: begun, ...run },
    ],
    tickets: [
      { ...old, ticket_id: `escalated ${id}`, created_at, escalated_at: done },
      {
        ...old,
        ticket_id: `reopened ${id}`,
        created_at: begun,
        first_solved_at: begun,
        first_reopened_at: done,
      },
    ],
    escalations: [{ ...old, escalation_id: id, opened_at: begun, resolved_at: done }],
    leads: [
      {
        lead_id: id,
        campaign_id: "fair",
        source: "event",
        channel: "direct",
        created_at: begun,
        first_outreach_at: begun,
        first_response_at: done,
        qualified_at: done,
        converted_at: done,
      },
    ],
  };
}

type Known = (typeof periods)[number];
type Told = Awaited<ReturnType<typeof figures>>;

/** What every metric says of the period, from the sources. */
function told(
  { period, grain }: Known,
  asOf: string,
  metrics = company.catalogue.metrics,
): Promise<Map<string, Told>> {
  return inCompany(company.db, settings, asOf, async (sql) => {
    const get = (id: string) => metrics.find((metric) => metric.id === id);
    const catalogue = { ...company.catalogue, metrics, get };
    const read: Company = { sql, settings, catalogue, periods: [period], grain };
    const said = new Map<string, Told>();
    for (const { id, window } of metrics)
      said.set(id, await figures(read, id, { width: grain === undefined ? window : 1 }));
    return said;
  });
}

test("what is due after so many hours is so by in_time() and deadline() alone", () => {
  expect(withDeadlines().length).toBeGreaterThan(5);
  for (const { id, sql, maturing } of company.catalogue.metrics)
    expect(`${sql} ${maturing}`, id).not.toMatch(/interval '\d+ hours'/);
});

describe("what comes after the hour that summer time takes", { timeout: 120_000 }, () => {
  test("four weeks read at once are the four weeks added up", async () => {
    await completeThrough(company.db, "2026-05-25");
    await company.refresh();
    for (const { id: metric } of withDeadlines()) {
      const asked = { metric, windowWeeks: 4, week: "2026-04-13", lastWeeks: 4 };
      const { series } = await company.ask(asked);
      expect((await company.ask(asked, true)).series, metric).toEqual(series);
    }
  });

  test.each(periods)("can make nobody of a $name in time that is over", async (known) => {
    const young = withDeadlines().flatMap((metric) =>
      metric.maturing ? [{ ...metric, sql: metric.maturing }] : [],
    );
    for (const [id, figures] of await told(known, known.end, young))
      for (const each of figures.values()) expect(each?.num, id).toBe(each?.den);
  });

  test.each(periods)("changes no number of a $name that is final", async (known) => {
    const before = await told(known, "2026-06-01");
    for (const { id } of withDeadlines())
      for (const each of before.get(id)?.values() ?? []) expect(each?.n, id).toBeGreaterThan(0);
    await forgetFrom(company.db, settings, known.end);
    const after = await told(known, known.end);
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
  });
});

function withDeadlines(): Metric[] {
  return company.catalogue.metrics.filter(({ sql }) => sql.includes("in_time("));
}
