import { beforeAll, describe, expect, test } from "vitest";
import { toDiscordMessage } from "../../src/bot/discord/to-discord-message.ts";
import { toTerminal } from "../../src/cli/to-terminal.ts";
import { defaultSettings, loadCatalogue, type Metric } from "../../src/metrics/catalogue/index.ts";
import { type TellableDefinition, tellDefinition } from "../../src/wording/tell-definition.ts";
import { english } from "./an-answer.ts";

let metrics: readonly Metric[];
beforeAll(async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error("the catalogue is wrong");
  metrics = loaded.value.metrics;
});

function message(id: string, given: Partial<TellableDefinition> = {}, voice = english) {
  const metric = metrics.find((each) => each.id === id);
  if (metric === undefined) throw new Error(`no metric ${id}`);
  const plain = {
    metric,
    place: { under: [], drivers: [] },
    freshness: [],
    restatements: { weeks: [], withheld: 0 },
    remarks: [],
    settings: defaultSettings,
    wholeSql: null,
  };
  return tellDefinition({ ...plain, ...given }, voice);
}

function define(id: string, given: Partial<TellableDefinition> = {}): string {
  return toTerminal(message(id, given));
}

const moved = { week: "2026-11-02", was: 0.412, now: 0.406, since: "2026-11-17T09:00:00Z" };
const restatements = { weeks: [moved], withheld: 0 };

test("a definition says what is tested, and what the words of its verdict mean", () => {
  expect(define("adoption_rate")).toContain("a share of units (prop), from a sample of 30");
  expect(define("adoption_rate")).toContain("Worth asking why.");
});

test("a definition that asks for no test says so, and explains no verdict", () => {
  expect(define("ytd_revenue")).toContain("not tested: the definition asks for no test");
  expect(define("ytd_revenue")).not.toContain("Worth asking why.");
});

test("a standing amount is said to be of the week's end, and no word twice", () => {
  expect(define("mrr")).toMatch(/Window +the end of the week\n/);
  expect(define("mrr")).toMatch(/Tested as +a value\n/);
});

test("dates are said as the locale has them, and words in one language", () => {
  const german = { locale: "de-DE", currency: "EUR" };
  const { summary } = message("ytd_revenue", { restatements }, german);
  expect(summary).toContain("since Di 17. Nov. 2026");
  expect(summary).toContain("weeks from Monday, fiscal years from January");
});

test("a definition gives its formula in words, its cohort, and the settings that it depends on", () => {
  const said = define("adoption_rate");
  expect(said).toMatch(/Formula .+ ÷ .+/);
  expect(said).toMatch(/Cohort +accounts that signed up 13 weeks before/);
  expect(said).toMatch(
    /Settings +adoption_weeks 7, adoption_of 13, days in UTC, weeks from Monday/,
  );
  expect(define("ytd_revenue")).toMatch(
    /Settings .*acquisition_days 91.*fiscal years from January/,
  );
});

test("what holds a metric back is said first, and of which week", () => {
  const source = { missing: null, isWaiting: false, through: "2026-11-16T00:00:00Z" };
  const said = define("adoption_rate", {
    freshness: [
      { ...source, table: "surveys", through: null },
      { ...source, table: "usage_daily", through: "2026-11-12T00:00:00Z", missing: "2026-11-09" },
      { ...source, table: "accounts" },
      { ...source, table: "tickets" },
    ],
  });
  expect(said).toContain(
    [
      "surveys never loaded",
      "usage_daily to Thu 12 Nov 2026, 00:00 UTC: late, not whole from 2026-W46 on",
      "accounts and tickets to Mon 16 Nov 2026, 00:00 UTC",
    ].join("\n"),
  );
});

describe("a restated week", () => {
  test("is told with what it was, what it is, and since when", () => {
    expect(define("adoption_rate", { restatements })).toContain(
      "2026-W45 was 41.2%, is 40.6%, since Tue 17 Nov 2026",
    );
  });

  test("of too few accounts is counted and not told", () => {
    const said = define("weekly_revenue", { restatements: { weeks: [], withheld: 2 } });
    expect(said).toContain("2 weeks are not told: too few accounts are behind one of the two");
  });

  test("is not told where figures are kept out of chat, nor what was said", () => {
    const remark = {
      week: "2026-11-02",
      author: "slack:U1",
      saidAt: moved.since,
      text: "it was 7",
    };
    const told = message("adoption_rate", { restatements, remarks: [remark] });
    expect(toTerminal(told)).toContain("it was 7");
    const { withoutFigures } = told;
    if (withoutFigures === undefined || withoutFigures === "same") throw new Error("no words");
    const words = `${withoutFigures.summary}${toTerminal(withoutFigures)}`;
    for (const kept of ["it was 7", "41.2%", "2026-W45", "Nobody has said"])
      expect(words).not.toContain(kept);
  });
});

test("the SQL stands last, as the definition has it, and says where the whole of it is", () => {
  const told = message("cltv", { wholeSql: 'kpi query "define cltv"' });
  const sql = told.blocks.at(-1);
  expect(sql?.kind === "code" && sql.text).toMatch(
    /^paying: of 13 weeks\nSELECT [\s\S]*\nkept: retention_rate of 13 weeks[\s\S]*\nvalue: this\.num/,
  );
  expect(toTerminal(told)).toContain('Whole on the terminal by kpi query "define cltv"');
});

test("no definition that ships loses anything but the end of its SQL in a message of Discord's", () => {
  for (const { id } of metrics) {
    const { content, embeds } = toDiscordMessage(message(id, { restatements, wholeSql: "kpi" }));
    const written = `${content}\n${embeds[0]?.description ?? ""}`;
    expect(written, id).toContain("How it is computed");
    expect((written.match(/^```$/gm) ?? []).length % 2, id).toBe(0);
  }
});
