import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dispatch } from "../../src/commands/index.ts";
import { silentLog } from "../../src/log.ts";
import type { Caller } from "../../src/policy/index.ts";
import { type AskedCompany, askedCompany } from "../metrics/asked-company.ts";
import { someRules } from "../support/some-rules.ts";

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany();
});
afterAll(() => company.close());

const inAll: Caller = {
  kind: "person",
  person: { platform: "slack", user: "U0ANA" },
  channel: { platform: "slack", channel: "C0ALL" },
  direct: false,
  readers: "colleagues",
};

function ask(line: string, caller: Caller) {
  const context = {
    metrics: company,
    rules: someRules(["slack:C0LEAD"]),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: [],
    prefix: "/kpi",
    log: silentLog,
  } as const;
  const now = Temporal.Instant.from("2026-11-16T09:00:00Z");
  return dispatch(context, line, { caller, now, exact: false, week: null });
}

describe("/kpi backtest", () => {
  test.each([
    ["backtest weekly revenue", { kind: "not_here", name: '"weekly revenue"', direct: false }],
    ["backtest", { kind: "word_without_value", word: "backtest" }],
    ["backtest adpotion", { kind: "unknown_metric", nearest: ["backtest adoption_rate"] }],
    ["backtest revenu", { kind: "unknown_metric", nearest: [] }],
    ["backtest adoption by tier", { kind: "unknown_word", word: "by" }],
    ["backtest adoption window=4", { kind: "unknown_word", word: "window" }],
    ["backtest adoption colour=red", { kind: "unknown_dimension", word: "colour" }],
    ["backtest adoption", { kind: "no_data" }],
  ])("%s, where money is not shown, is refused with what may be known", async (line, fault) => {
    expect(await ask(line, inAll)).toMatchObject({ ok: false, fault });
  });

  test("of money is answered to whoever may see it", async () => {
    const lead = { ...inAll, channel: { platform: "slack", channel: "C0LEAD" } } as const;
    expect(await ask("backtest revenue", lead)).toMatchObject({ fault: { kind: "no_data" } });
  });
});
