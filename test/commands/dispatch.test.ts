/** What is answered to a line, on a small company. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dispatch, type Told } from "../../src/commands/index.ts";
import { refresh } from "../../src/metrics/index.ts";
import { type AskFault, tellFault } from "../../src/wording/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { aMetric, contextOf, inAll, now, shipped, shippedMetric, terminal } from "./asking.ts";

let database: FreshDatabase;
const FIRST = Temporal.PlainDate.from("2026-08-31");

beforeAll(async () => {
  database = await freshDatabase();
  // Eleven weeks of sign-ups, from 2026-W36 to 2026-W46.
  const accounts = Array.from({ length: 11 }, (_, week) => ({
    account_id: `a${week}`,
    source: week % 2 === 0 ? "big event" : "campaign",
    channel: "direct",
    segment: "smb",
    region: "eu",
    signed_up_at: `${FIRST.add({ weeks: week })}T09:00Z`,
  }));
  // What adoption and retention cannot do without: a core feature, and somebody who pays.
  await putRows(database.db, {
    accounts,
    features: [{ feature_id: "core", category: "core", is_core: true, ga_on: "2026-01-01" }],
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    subscription_periods: [
      {
        ...{ account_id: "a0", line_id: "main", is_primary: true, tier: "pro", status: "paid" },
        ...{ valid_from: "2026-08-31T09:00Z", mrr: 10 },
      },
    ],
  });
  await completeThrough(database.db, "2026-11-16");
  const { metrics } = contextOf(shipped, database.db);
  await refresh(metrics.db, metrics.settings, metrics.catalogue);
});
afterAll(() => database.close());

interface Heard extends Partial<Told> {
  said: string;
  fault?: AskFault;
}

async function told(line: string, caller = terminal, metrics = shipped): Promise<Heard> {
  const context = contextOf(metrics, database.db);
  const result = await dispatch(context, line, { caller, now, exact: false, week: null });
  return result.ok
    ? { ...result.value, said: result.value.message.summary }
    : { fault: result.fault, said: tellFault(result.fault, "/kpi").summary };
}

const series = (data: unknown): number =>
  typeof data === "object" && data !== null && "series" in data && Array.isArray(data.series)
    ? data.series.length
    : -1;

describe("a question", () => {
  test("counts since a date to the week that it is about", async () => {
    expect(series((await told("signups since 1 Sept")).data)).toBe(11);
    expect(series((await told("signups since 1 Oct week 44")).data)).toBe(5);
    expect(series((await told("signups since 2020-01-01")).data)).toBe(11);
    expect((await told("signups since this week")).fault).toMatchObject({
      kind: "since_after",
      end: "2026-11-09",
    });
  });

  test("takes a value with spaces that the data know", async () => {
    const { data } = await told("signups source=BIG event last 4 weeks");
    expect(data).toMatchObject({ filters: { source: ["big event"] } });
  });

  test("says whom its answer is for", async () => {
    expect((await told("signups private")).audience).toBe("asker");
    expect((await told("public")).fault).toMatchObject({ kind: "unknown_metric" });
    expect((await told("signups public")).audience).toBe("everyone");
    expect((await told("define signups private")).audience).toBe("asker");
    expect((await told("scorecard public")).audience).toBe("everyone");
    expect(await told("metrics sign private")).toMatchObject({
      audience: "asker",
      line: "metrics sign",
    });
    expect(await told("help scorecard private")).toMatchObject({
      audience: "asker",
      line: "help scorecard",
      data: { name: "scorecard" },
    });
    expect((await told("signups")).audience).toBeNull();
  });

  test("carries the line that asks for the same again, of the same week, for whoever is to see it", async () => {
    const asked = [
      "signups private source=big event",
      "define signups private",
      "scorecard gtm private",
    ];
    const lines = await Promise.all(asked.map(async (line) => (await told(line)).line));
    expect(lines).toEqual([
      'weekly_sign_ups source="big event" week 2026-W46',
      "define weekly_sign_ups",
      'scorecard "GTM" week 2026-W46',
    ]);
  });

  test.each([
    ["/kpi signups", /^Weekly Sign-ups: 1 /],
    ["kpi signups", /^Weekly Sign-ups: 1 /],
    [
      "signups week 2026-W52",
      /2026-W52 has not begun yet\. There is data from 2026-W36 to 2026-W46, the last complete week/,
    ],
    ["signups week 2020-W01", /no data for 2020-W01\. There is data from 2026-W36 to 2026-W46/],
    ["backtest signups week 2026-W52", /2026-W52 has not begun yet\. There is data from 2026-W36/],
    ["backtest signups by source", /"by" is not understood.* fits here: source=\.\.\., week 46 or/],
    ["backtest signups colour=red", /For example: \/kpi backtest signups source=\S/],
    ["scorecard week 2026-W52", /2026-W52 has not begun yet\. There is data from 2026-W36/],
    ["scorecard week 2020-W01", /no data for 2020-W01\. There is data from 2026-W36/],
    ["signups campain", /"campain" is not understood/],
    [
      "signups CAMPAIGN by source",
      /"CAMPAIGN" is a source\. Say so: \/kpi signups source=campaign by source/,
    ],
    [
      "signups source big-event",
      /"source" is a dimension\. .*: \/kpi signups source="big event" or \/kpi signups by source$/,
    ],
    [
      "signups source campaign last 4 weeks",
      /: \/kpi signups source=campaign last 4 weeks or \/kpi signups by source last 4 weeks$/,
    ],
    ["signups source=campaign big-event", /"big-event" is not understood here/],
    [
      'signups source="big event" campaign last 4 weeks',
      /Say so: \/kpi signups source="big event",campaign last 4 weeks$/,
    ],
    ["signups campaign source=(none)", /Say so: \/kpi signups source=\(none\),campaign$/],
    ["signups by source region", /"region" is a dimension\. .*: \/kpi signups by region$/],
    ["signups soruce=campaign", /Did you mean \/kpi signups source=campaign\?/],
    ["signups by sorce last 4 weeks", /Did you mean \/kpi signups by source last 4 weeks\?/],
    [
      "signups tenure=1-2 colour=red",
      /cannot be filtered by "colour".* or tenure\. For example: \/kpi signups source=\S/,
    ],
    ["signups by source last 90 days", /: \/kpi signups by source last 13 weeks$/],
    ["signups source=", /For example: \/kpi signups source="big event"$/],
    ["backtest signups campaign", /Say so: \/kpi backtest signups source=campaign$/],
    ["backtest signups source campaign", /: \/kpi backtest signups source=campaign$/],
    ["/kpi signups campaign", /Say so: \/kpi signups source=campaign$/],
    ["<metric>", /There is no metric called "<metric>"/],
    ["private signups public", /no metric/],
    ["scorecard private public", /"private" and "public" cannot be asked for together/],
    ["metrics public public", /"public" is given twice\. Write it once\.$/],
    ["signups source=campain", /No source is called "campain"\. Did you mean source=campaign\?/],
    ["signups by service", /signups cannot be cut by "service"\. Error Rate.* have it\./],
    ["scorcard week 46", /Did you mean .*\/kpi scorecard week 46/],
    ["why signups", /"why" does not work yet\. To come: what moved a metric: /],
    ["help why", /does not work yet/],
    ["help scorcard", /Did you mean \/kpi help scorecard\?/],
    ["define adpotion", /Did you mean \/kpi define adoption_rate\?/],
    [
      "scorecard CX",
      /no team called "CX"\. Teams: CS, ENG, GTM and PRD\. Did you mean \/kpi scorecard CS/,
    ],
  ])("%s: %s", async (line, said) => {
    expect((await told(line)).said).toMatch(said);
  });

  test("answers what a phrase usually means, and says what else it may mean", async () => {
    const metrics = [shippedMetric("retention_rate"), aMetric("nrr", { name: "NRR" })];
    const { said, message } = await told("retention", terminal, metrics);
    expect(said).toMatch(/^Retention Rate.*"retention" can also mean NRR \(\/kpi nrr\)\.$/);
    expect(message?.blocks.at(-1)).toMatchObject({ kind: "context" });
    expect((await told("retention_rate", terminal, metrics)).said).not.toMatch(/also mean/);
  });
});

describe("a dimension that only a metric has which the asker may not see", () => {
  const line = "signups by revenue_type";

  test("is told without that metric", async () => {
    expect((await told(line, inAll)).said).not.toMatch(/revenue\b/i);
    expect((await told(line)).said).toMatch(/Weekly Revenue.* (has|have) it/);
  });
});

describe("a team's scorecard", () => {
  test("has what it owns, then what it contributes to, and no more than may be seen", async () => {
    const { data, said } = await told("scorecard gtm", inAll);
    expect(said).toMatch(/^Scorecard of GTM, 2026-W46/);
    const text = JSON.stringify(data);
    expect(text).toContain("active_accounts");
    expect(text).not.toMatch(/weekly_revenue|error_rate/);
    expect(JSON.stringify((await told("scorecard GTM")).data)).toContain("weekly_revenue");
  });

  test("that holds only what may not be seen here is refused", async () => {
    const metrics = [aMetric("secret", { owners: ["OPS"], sensitive: true })];
    expect((await told("scorecard OPS", inAll, metrics)).fault).toMatchObject({ kind: "not_here" });
  });
});

describe("a question mark", () => {
  test.each([
    ["signups?", "signups"],
    ["signups last week?", "signups last week"],
    ["signups by source ?", "signups by source"],
    ["whats our csat by tier??", "whats our csat by tier"],
  ])("behind %s makes no difference", async (asked, meant) => {
    expect((await told(asked)).said).toBe((await told(meant)).said);
  });

  test("in quotation marks is the value's", async () => {
    expect((await told('signups source="big event?"')).fault).toMatchObject({
      kind: "unknown_value",
      value: "big event?",
    });
  });
});

describe("/kpi alone", () => {
  test("offers lines that work, of metrics that may be seen", async () => {
    const { data, said } = await told("", inAll);
    expect(said).toMatch(/^Ask for a metric\./);
    expect(said).not.toMatch(/revenue|mrr|arpa/i);
    expect(said).toContain("active_accounts last 12 weeks");
    expect(said).not.toMatch(/\bwaa\b/i);
    const lines = Array.isArray(data) ? data.map(({ line }) => String(line)) : [];
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(await told(line, inAll), line).not.toHaveProperty("fault");
  });

  test("is the same as the bot's own name", async () => {
    expect((await told("/kpi")).said).toBe((await told("")).said);
  });
});
