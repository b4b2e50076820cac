/** An incident is several rows, and one unit: a scope that comes or goes may move it to another week. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { loaded } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
beforeEach(async () => {
  company = await askedCompany();
  // Without an account every refresh begins from nothing.
  await putRows(company.db, { accounts: [anAccount("a")] });
});
afterEach(() => company.close());

const head = "incident_id,service,region,severity,is_downtime,started_at,resolved_at\n";
const earlier = "i,api,eu,1,true,2026-03-01T10:00Z,2026-03-01T11:00Z\n";
const later = "i,api,us,1,true,2026-03-02T00:10Z,2026-03-02T01:00Z\n";
const other = "j,api,eu,1,true,2026-02-16T10:00Z,2026-02-16T10:10Z\n";

/** Of the weeks that begin on 23 February and 2 March; from the cells, which are what the sources say. */
async function minutes(): Promise<(number | null)[]> {
  const query = { metric: "mttr", windowWeeks: 1, week: "2026-03-02", lastWeeks: 2 };
  const { series } = await company.ask(query);
  expect(series).toEqual((await company.ask(query, true)).series);
  return series.map((point) => point.value);
}

async function imported(rows: string, mode: "upsert" | "replace" = "upsert"): Promise<void> {
  await loaded(company.db, "incidents", head + rows, { mode });
  await completeThrough(company.db, "2026-03-09");
  await company.refresh();
}

test("an incident that gets a later scope counts only in the week of its last end", async () => {
  await imported(other + earlier);
  expect(await minutes()).toEqual([60, null]);
  await imported(later);
  expect(await minutes()).toEqual([null, 15 * 60]);
});

test("an incident whose last scope is replaced away counts where the others end", async () => {
  await imported(other + earlier + later);
  expect(await minutes()).toEqual([null, 15 * 60]);
  await imported(other + earlier, "replace");
  expect(await minutes()).toEqual([60, null]);
});

test("an incident whose first scope is replaced away is as long as what is left", async () => {
  await imported(other + earlier + later);
  await imported(other + later, "replace");
  expect(await minutes()).toEqual([null, 50]);
});

test("how grave an incident is that began is settled with its first day", async () => {
  const scope = (region: string, severity: number, day: string): string =>
    `i,api,${region},${severity},true,${day}T10:00Z,\n`;
  const bySeverity = async () => {
    const query = { metric: "incident_frequency", week: "2026-03-02", by: "severity" };
    const { breakdown } = await company.ask(query);
    expect(breakdown).toEqual((await company.ask(query, true)).breakdown);
    return breakdown?.segments.map(({ segment, value }) => [segment, value]);
  };
  await imported(scope("eu", 3, "2026-03-08") + scope("us", 2, "2026-03-08"));
  expect(await bySeverity()).toEqual([["2", 1]]);
  await imported(scope("ap", 1, "2026-03-09"));
  expect(await bySeverity()).toEqual([["2", 1]]);
});
