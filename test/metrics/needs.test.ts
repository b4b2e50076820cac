import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
} from "../../src/metrics/catalogue/index.ts";
import {
  answerMetric,
  buildScorecard,
  lacksData,
  refresh,
  sourceState,
  toldDriver,
  totalQuestion,
} from "../../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { anAccount } from "./asked-company.ts";

let fresh: FreshDatabase;
let catalogue: Catalogue;
beforeEach(async () => {
  fresh = await freshDatabase();
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  catalogue = loaded.value;
  await putRows(fresh.db, {
    accounts: [anAccount("a", { signed_up_at: "2026-10-05T09:00Z" })],
    surveys: [answer("r1", "support", "2026-11-10T09:00Z")],
  });
  await completeThrough(fresh.db, "2026-11-16T00:00:00Z");
});
afterEach(() => fresh.close());

const answer = (response_id: string, kind: string, responded_at: string) => ({
  account_id: "a",
  response_id,
  respondent_id: "u",
  kind,
  score: 5,
  responded_at,
});
const ask = (exact: boolean) => {
  const metrics = { db: fresh.db, catalogue, settings: defaultSettings };
  return answerMetric(
    metrics,
    totalQuestion("customer_satisfaction_score", "2026-11-09", 4),
    exact,
  );
};
const lacks = {
  ok: false,
  fault: { kind: "no_data", sources: [], needs: [{ text: "surveys.kind=csat" }] },
};

test("a metric without a row of its kind has no data, from cells and from sources", async () => {
  expect(await ask(true)).toMatchObject(lacks);
  await refresh(fresh.db, defaultSettings, catalogue);
  expect(await ask(false)).toMatchObject(lacks);
  const state = await sourceState(
    { db: fresh.db, catalogue, settings: defaultSettings },
    Temporal.Instant.from("2026-11-16T09:00Z"),
  );
  expect(state.silent).toContainEqual(
    expect.objectContaining({
      metric: "customer_satisfaction_score",
      missing: [],
      needs: [expect.objectContaining({ text: "surveys.kind=csat" })],
    }),
  );
});

test("a scorecard, and a driver, has the metrics with data first, whatever the order of the list", async () => {
  await refresh(fresh.db, defaultSettings, catalogue);
  const metrics = { db: fresh.db, catalogue, settings: defaultSettings };
  const ids = ["customer_satisfaction_score", "nps", "weekly_sign_ups"];
  const { rows } = await buildScorecard(metrics, ids, "2026-11-09");
  const order = ["weekly_sign_ups", "customer_satisfaction_score", "nps"];
  expect(rows.map(({ metric }) => metric)).toEqual(order);
  expect(rows.slice(1).every(lacksData)).toBe(true);
  const [some] = catalogue.drivers;
  if (some === undefined) throw new Error("no driver");
  const told = toldDriver({ ...some, metrics: ids }, rows);
  expect(told.rows.map(({ metric }) => metric)).toEqual(order);
});

test("the first row of the kind brings the metric, with the next refresh", async () => {
  await refresh(fresh.db, defaultSettings, catalogue);
  await putRows(fresh.db, { surveys: [answer("r2", "csat", "2026-11-11T09:00Z")] });
  expect(await ask(false)).toMatchObject(lacks);
  await fresh.db.run("INSERT INTO bot.dirty (source_table, day) VALUES ('surveys', '2026-11-11')");
  await refresh(fresh.db, defaultSettings, catalogue);
  expect(await ask(false)).toMatchObject({ ok: true, value: { figures: { value: 1, n: 1 } } });
});

test("a definition that is newer than the facts is asked of the sources", async () => {
  await putRows(fresh.db, { surveys: [answer("r2", "csat", "2026-11-11T09:00Z")] });
  await refresh(fresh.db, defaultSettings, catalogue);
  await fresh.db.run("DELETE FROM facts.held");
  expect(await ask(false)).toMatchObject({ ok: true });
});

test("releases that name no feature leave its adoption without data, and say what they lack", async () => {
  await putRows(fresh.db, {
    features: [{ feature_id: "chat", category: "core", is_core: true, ga_on: "2023-01-01" }],
    releases: [{ release_id: "v1", released_at: "2026-10-13T09:00Z", kind: "feature" }],
  });
  const metrics = { db: fresh.db, catalogue, settings: defaultSettings };
  const question = totalQuestion("feature_adoption_post_release", "2026-11-09", 1);
  expect(await answerMetric(metrics, question, true)).toMatchObject({
    ok: false,
    fault: { kind: "no_data", needs: [{ text: "releases.feature_id" }] },
  });
});
