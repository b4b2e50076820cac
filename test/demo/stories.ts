import { describe, expect, test } from "vitest";
import { lagged } from "./correlation.ts";
import { asInDocs, type Both, demoDocs, type Loaded, tell } from "./loaded.ts";
import { told } from "./options.ts";
import { adoptionBySource, earlyUseAndChurn, quietCustomer } from "./story-figures.ts";
import { compareShares } from "./two-shares.ts";
import { figureValue } from "./weekly-figures.ts";

async function adoptionGap({ fresh }: Loaded) {
  const of = await adoptionBySource(fresh.db);
  const [conference, campaign] = [of("conference"), of("campaign")];
  const compared = compareShares(conference, campaign);
  tell("adoption", {
    conference: asInDocs(conference),
    campaign: asInDocs(campaign),
    ...compared,
  });
  return { conference, campaign, ...compared };
}

function latencyAndAdoption({ figures }: Loaded) {
  const latency = figures.latency_p99.map((f) => (f === null ? null : Math.log(f.num)));
  const adopted = figures.adoption_rate.map(figureValue);
  const lags = Array.from({ length: 14 }, (_, lag) => lagged(latency, adopted, lag));
  const six = lagged(latency, adopted, 6);
  const halves = [
    lagged(latency.slice(0, 66), adopted.slice(0, 66), 6).r,
    lagged(latency.slice(60), adopted.slice(60), 6).r,
  ];
  tell("latency to adoption", {
    six,
    halves,
    otherLags: lags.flatMap(({ t }, lag) => (lag === 6 ? [] : [Number(t.toFixed(1))])),
  });
  return { six, lags, halves };
}

async function earlyChurn({ fresh }: Loaded) {
  const arm = await earlyUseAndChurn(fresh.db);
  const [low, high] = [arm("low"), arm("high")];
  const compared = compareShares(low, high);
  tell("churned by day 91", { low: asInDocs(low), high: asInDocs(high), ...compared });
  return { low, high, ...compared };
}

/** Each story of docs/demo.md, and its absence where it was not planted. */
export function describeStories(both: Both): void {
  describeConferences(both);
  describeLatency(both);
  describeEarlyUse(both);
  describeQuietCustomer(both);
}

function describeConferences(both: Both): void {
  describe("accounts from a conference adopt less than those from campaigns", () => {
    test("by at least ten points, with near certainty, over a fair sample", async () => {
      const { conference, campaign, difference, interval, z } = await adoptionGap(
        both().withStories,
      );
      expect(Math.min(conference.n, campaign.n)).toBeGreaterThanOrEqual(100);
      expect(difference).toBeLessThan(-0.1);
      expect(interval[1]).toBeLessThan(0);
      expect(z).toBeLessThan(-3.3);
      for (const share of [conference, campaign]) {
        expect(demoDocs).toContain(asInDocs(share).counts);
        expect(demoDocs).toContain(asInDocs(share).percent);
      }
    });

    test("but not where the story is not planted", async () => {
      const { interval } = await adoptionGap(both().without);
      expect(interval[0]).toBeLessThan(0);
      expect(interval[1]).toBeGreaterThan(0);
    });
  });
}

function describeLatency(both: Both): void {
  describe("adoption follows the latency of tenure week 8, six report weeks later", () => {
    test("strongly, in both halves of the time, and at no other lag as much", () => {
      const { six, lags, halves } = latencyAndAdoption(both().withStories);
      expect(six.weeks).toBeGreaterThanOrEqual(78);
      expect(six.r).toBeLessThan(-0.35);
      expect(six.t).toBeLessThan(-4);
      expect(demoDocs).toContain(`r = ${six.r.toFixed(2)} over ${six.weeks} weeks`);
      expect(Math.max(...halves)).toBeLessThan(-0.2);
      for (const [lag, { t }] of lags.entries())
        if (lag !== 6) expect(t).toBeGreaterThan(six.t + 1);
    });

    test("but not where the story is not planted", () => {
      const { six } = latencyAndAdoption(both().without);
      expect(Math.abs(six.t)).toBeLessThan(2.6);
    });

    test("the spike stands alone: three times the usual, and it takes adoption with it", () => {
      const p99 = both().withStories.figures.latency_p99.map((f) => f?.num ?? 0);
      const others = p99.filter((_, week) => week !== told.weeks - 7).sort((a, b) => a - b);
      tell("p99 in ms", {
        spike: p99[told.weeks - 7],
        median: others[others.length >> 1],
        highest: others.at(-1),
      });
      expect(p99[told.weeks - 7]).toBeGreaterThan(2 * (others.at(-1) ?? Number.POSITIVE_INFINITY));
      expect(demoDocs).toContain(
        `${Math.round(p99[told.weeks - 7] ?? 0).toLocaleString("en-GB")} ms`,
      );
      const calm = both().without.figures.latency_p99.map((f) => f?.num ?? 0);
      expect(calm[told.weeks - 7]).toBeLessThan(1000);
    });
  });
}

function describeEarlyUse(both: Both): void {
  describe("low feature use in weeks 1 to 4 goes with churn at week 13", () => {
    test("by ten points at least, with near certainty", async () => {
      const { low, high, difference, interval, z } = await earlyChurn(both().withStories);
      expect(Math.min(low.n, high.n)).toBeGreaterThanOrEqual(60);
      expect(difference).toBeGreaterThan(0.1);
      expect(interval[0]).toBeGreaterThan(0);
      expect(z).toBeGreaterThan(3.3);
      for (const share of [low, high]) {
        expect(demoDocs).toContain(asInDocs(share).counts);
        expect(demoDocs).toContain(asInDocs(share).percent);
      }
    });

    test("but not where the story is not planted", async () => {
      const { interval } = await earlyChurn(both().without);
      expect(interval[0]).toBeLessThan(0);
      expect(interval[1]).toBeGreaterThan(0);
    });
  });
}

function describeQuietCustomer(both: Both): void {
  describe("one customer goes quiet in every team's data", () => {
    test("in that of Product, Engineering, Customer Success and Go-to-Market", async () => {
      const quiet = await quietCustomer(both().withStories.fresh.db);
      tell("the quiet customer", quiet);
      const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
      for (const [now, what, before] of [
        [quiet.events, "events", quiet.events_before],
        [quiet.requests, "requests", quiet.requests_before],
      ] as const) {
        expect(demoDocs).toContain(`${whole.format(now)} ${what}, before ${whole.format(before)}`);
      }
      expect(quiet.events).toBeLessThan(quiet.events_before / 4);
      expect(quiet.requests).toBeLessThan(quiet.requests_before / 4);
      expect(quiet.error_rate).toBeGreaterThan(2 * quiet.error_rate_before);
      expect(quiet.tickets_rising).toBeGreaterThanOrEqual(3);
      expect(quiet.tickets_lately).toBe(0);
      expect(quiet.escalations_open).toBe(1);
      expect(quiet.csat).toBeLessThanOrEqual(3);
      expect(quiet.reviews_due).toBeGreaterThanOrEqual(1);
      expect(quiet.reviews_done).toBe(0);
      expect(quiet.renewals_due).toBe(1);
      expect(quiet.mrr).toBeLessThan(quiet.mrr_before);
    });

    test("but not where the story is not planted", async () => {
      const same = await quietCustomer(both().without.fresh.db);
      expect(same.events).toBeGreaterThan(same.events_before / 2);
      expect(same.requests).toBeGreaterThan(same.requests_before / 2);
      expect(same.error_rate).toBeLessThan(0.01);
      expect(same.escalations_open).toBe(0);
      expect(same.reviews_done).toBeGreaterThanOrEqual(1);
      expect(same.mrr).toBeGreaterThanOrEqual(same.mrr_before);
    });
  });
}
