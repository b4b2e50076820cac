/** Values that people report: told as they were reported, with whose word they are. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { readDefinitions } from "../../src/metrics/catalogue/index.ts";
import { tellAnswer } from "../../src/wording/index.ts";
import { loaded } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

const health = aMetric("", {
  id: "crm_health",
  name: "Health in the CRM",
  unit: "index 0-100",
  direction: "up",
  dimensions: "[tier]",
  aggregation: "reported",
  tier: "none",
  test: "null",
  window: "4",
}).replace(/ {2}(reads|sql): .*\n(?: {4}.*\n)?/g, "");

let company: AskedCompany;
beforeEach(async () => {
  company = await askedCompany(health);
  await putRows(company.db, { accounts: [anAccount("a")] });
});
afterEach(() => company.close());

async function imported(...rows: string[]) {
  const head = "metric_id,week_start,dims,value,n,source,reported_by,reported_at";
  const report = await loaded(company.db, "metric_observations", [head, ...rows].join("\n"), {
    catalogue: company.catalogue,
  });
  await completeThrough(company.db, "2026-04-06");
  await company.refresh();
  return report.rejections.map(({ reason }) => reason);
}

const voice = { locale: "en-GB", currency: "USD" };
const pro = '"{""tier"":""pro""}"';

/** From the facts and from the sources, which must say the same. */
async function ask(query: Parameters<AskedCompany["ask"]>[0]) {
  const answer = await company.ask({ week: "2026-03-30", ...query });
  expect(answer).toEqual(await company.ask({ week: "2026-03-30", ...query }, true));
  return answer;
}

test("the newest report of the window is the value, of one day the last, and the answer says whose word it is", async () => {
  await imported(
    "crm_health,2026-03-09,{},61,40,CRM,ana,2026-03-10T09:00Z",
    "crm_health,2026-03-16,{},58,41,CRM,ana,2026-03-17T09:00Z",
    "crm_health,2026-03-16,{},64,44,CRM,ben,2026-03-19T15:30Z",
  );
  const answer = await ask({ metric: "crm_health", lastWeeks: 5 });
  expect(answer.figures).toEqual({ value: 64, num: 64, den: null, n: 44 });
  expect(answer.series.map(({ value }) => value)).toEqual([null, 61, 64, 64, 64]);
  expect(answer.verdict.word).toBe("not_tested");
  expect(tellAnswer(answer, voice).summary).toContain(
    "Reported by ben on Thu 19 Mar 2026, 15:30 UTC, for the time from Mon 16 Mar 2026 on. Source: CRM.",
  );
});

test("what is reported is compared with the report before, whenever that was, and says which", async () => {
  await imported(
    "crm_health,2026-01-05,{},50,30,CRM,ana,2026-01-06T09:00Z",
    `crm_health,2026-03-02,${pro},90,,CRM,ana,2026-03-03T09:00Z`,
    "crm_health,2026-03-16,{},58,41,CRM,ana,2026-03-17T09:00Z",
    "crm_health,2026-03-16,{},64,44,CRM,ben,2026-03-19T15:30Z",
  );
  const answer = await ask({ metric: "crm_health" });
  expect(answer.previous).toEqual({ week: "2026-01-05", value: 50, num: 50, den: null, n: 30 });
  expect(answer.change).toMatchObject({ absolute: 14, better: true });
  expect(tellAnswer(answer, voice).summary).toContain(
    "Up 14.0 points (better) from 50 in the report before, of 2026-W02.",
  );
  const month = await ask({
    metric: "crm_health",
    week: "2026-03-01",
    grain: { unit: "month" },
    lastWeeks: 2,
  });
  expect(month).toMatchObject({ figures: { value: 64 }, previous: { week: "2026-01-01" } });
  expect(tellAnswer(month, voice).summary).toContain("in the report before, of 2026-01.");
});

test("the first report has none before it, and says so", async () => {
  await imported(
    "crm_health,2026-03-16,{},64,,CRM,ana,2026-03-17T09:00Z",
    `crm_health,2026-01-05,${pro},50,,CRM,ana,2026-01-06T09:00Z`,
  );
  const answer = await ask({ metric: "crm_health" });
  expect(answer.previous).toBeNull();
  expect(tellAnswer(answer, voice).summary).toContain("it is the first report");
  expect((await ask({ metric: "crm_health", versus: "year" })).previous).toBeNull();
});

test("a filter answers from what was reported of exactly it, and else says that nothing was", async () => {
  await imported(
    "crm_health,2026-03-16,{},64,,CRM,ana,2026-03-17T09:00Z",
    `crm_health,2026-03-16,${pro},80,,CRM,ana,2026-03-17T09:00Z`,
  );
  const ofPro = await ask({ metric: "crm_health", filters: { tier: ["pro"] } });
  expect(ofPro.figures.value).toBe(80);
  const ofFree = await ask({ metric: "crm_health", filters: { tier: ["free"] } });
  expect(ofFree).toMatchObject({ status: "no_data", reported: null, figures: { value: null } });
  expect(tellAnswer(ofFree, voice).summary).toContain(
    "Nothing was reported for exactly this in these 4 weeks.",
  );
  const { breakdown } = await ask({ metric: "crm_health", by: "tier" });
  expect(breakdown?.segments).toMatchObject([{ segment: "pro", value: 80 }]);
});

test("a month ends with the report that its last week ends with, though it came before the month began", async () => {
  await imported("price_sensitivity_score,2026-01-12,{},61,,study,ana,2026-01-17T09:00Z");
  const question = { metric: "price_sensitivity_score", lastWeeks: 1 };
  const week = await ask(question);
  const month = await ask({ ...question, week: "2026-03-01", grain: { unit: "month" } });
  expect([week, month].map(({ figures }) => figures.value)).toEqual([61, 61]);
  expect(month.reported).toEqual(week.reported);
  const none = await ask({
    ...question,
    week: "2026-03-01",
    grain: { unit: "month" },
    filters: { tier: ["pro"] },
  });
  expect(tellAnswer(none, voice).summary).toContain(
    "Nothing was reported for exactly this in these 13 weeks.",
  );
});

test("a report that comes late changes the past week that it speaks of", async () => {
  await imported("crm_health,2026-03-16,{},64,,CRM,ana,2026-03-17T09:00Z");
  await imported("crm_health,2026-03-23,{},70,,CRM,ana,2026-04-20T09:00Z");
  expect((await ask({ metric: "crm_health" })).figures.value).toBe(70);
});

test("values of a metric that is computed, or that there is not, are rejected with the reason", async () => {
  expect(
    await imported(
      "adoption_rate,2026-03-16,{},0.4,,CRM,ana,2026-03-17T09:00Z",
      "nothing,2026-03-16,{},1,,CRM,ana,2026-03-17T09:00Z",
      '"Health in the CRM",2026-03-16,"{""mood"":""good""}",1,,CRM,ana,2026-03-17T09:00Z',
    ),
  ).toEqual([
    expect.stringContaining("is computed from source tables"),
    expect.stringContaining("is no metric"),
    expect.stringContaining("names no dimension of the metric, which can be cut by tier"),
  ]);
});

test("a reported metric needs no SQL, and what cannot be of one is a fault", () => {
  expect(readDefinitions("own.yaml", health)).toMatchObject({ ok: true });
  const wrong = readDefinitions("own.yaml", health.replace("test: null", "test: value"));
  expect(wrong).toMatchObject({
    ok: false,
    fault: [{ problem: "crm_health.test: null, since reported values are not tested" }],
  });
});
