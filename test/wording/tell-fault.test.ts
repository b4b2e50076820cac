import { describe, expect, test } from "vitest";
import type { AskFault } from "../../src/wording/index.ts";
import { tellFault } from "../../src/wording/tell-fault.ts";

test.each<[AskFault, string]>([
  [
    { kind: "unknown_metric", word: "adoptoin", nearest: ["adoption_rate", "adoption"] },
    'There is no metric called "adoptoin". Did you mean /kpi adoption_rate or /kpi adoption?',
  ],
  [
    { kind: "unknown_metric", word: "xyz", nearest: [] },
    'There is no metric called "xyz". All metrics: /kpi metrics',
  ],
  [
    { kind: "unknown_dimension", metric: "mrr", word: "colour", allowed: ["source", "tier"] },
    'mrr cannot be cut by "colour". It can be cut by source or tier. For example: /kpi mrr by source',
  ],
  [
    { kind: "unknown_dimension", metric: "uptime", word: "tier", allowed: [] },
    'uptime cannot be cut by "tier". It can only be asked for as a whole: /kpi uptime',
  ],
  [
    {
      kind: "unknown_value",
      dimension: "source",
      value: "colde call",
      nearest: ["cold call"],
      allowed: ["cold call", "campaign"],
    },
    'No source is called "colde call". Did you mean source="cold call"?',
  ],
  [
    {
      kind: "unknown_value",
      dimension: "tier",
      value: "zzz",
      nearest: [],
      allowed: ["free", "pro"],
    },
    'No tier is called "zzz". There are free and pro.',
  ],
  [
    { kind: "unknown_value", dimension: "tier", value: "pro", nearest: [], allowed: [] },
    'No tier is called "pro". No tier has been seen in the data yet.',
  ],
  [
    { kind: "week_out_of_range", week: "2020-01-06", first: "2024-07-29", last: "2026-11-09" },
    "There is no data for 2020-W02. There is data from 2024-W31 to 2026-W46, the last complete week.",
  ],
  [
    { kind: "future_week", week: "2027-01-04", first: "2024-07-29", last: "2026-11-09" },
    "2027-W01 has not begun yet. There is data from 2024-W31 to 2026-W46, the last complete week.",
  ],
  [
    { kind: "no_data", metric: "mrr", sources: ["accounts", "revenue_daily"], needs: [] },
    "mrr has no data yet: nothing has been loaded into accounts and revenue_daily. The operator loads it with kpi import.",
  ],
  [
    {
      kind: "no_data",
      metric: "pql_count",
      sources: [],
      needs: [
        { table: "accounts", column: "pql_at", value: null, text: "accounts.pql_at" },
        { table: "surveys", column: "kind", value: "roi", text: "surveys.kind=roi" },
      ],
    },
    "pql_count has no data yet: no row of accounts fills pql_at; no row of surveys has the kind roi. The operator loads it with kpi import.",
  ],
  [
    { kind: "too_few_accounts", name: "Weekly Revenue", line: "weekly_revenue tier=pro,team" },
    "Weekly Revenue is not told for exactly this: it would be of fewer than 5 accounts, or leave so few out that what one customer pays could be worked out. The nearest that is told: /kpi weekly_revenue tier=pro,team",
  ],
  [
    { kind: "too_few_accounts", name: "MRR", line: null },
    "MRR is not told for this week: fewer than 5 accounts are behind it. Ask for another week, or on the terminal of the machine that runs the bot.",
  ],
  [
    { kind: "not_cut_in_chat", metric: "mrr", name: "MRR", dimension: "tenure" },
    "MRR is not cut by tenure in chat, since that could single out one customer. Ask for it as a whole, or on the terminal of the machine that runs the bot: /kpi mrr",
  ],
  [
    { kind: "unknown_word", word: "frob", expected: ["by <dim>", "week <w>"] },
    '"frob" is not understood here. What fits here: by <dim> or week <w>. More: /kpi help',
  ],
  [
    { kind: "word_without_value", word: "by", example: "adoption by tier" },
    '"by" needs a value. For example: /kpi adoption by tier',
  ],
  [{ kind: "repeated_word", word: "week" }, '"week" is given twice. Write it once.'],
  [
    { kind: "repeated_word", word: "tier", isFilter: true },
    '"tier" is given twice. Write it once. Several values go with commas, such as tier=pro,enterprise.',
  ],
  [
    { kind: "bad_week", word: "banana" },
    '"banana" is not a week. Write an ISO week such as 2026-W46 or 46, or any date in it such as 2026-11-12 or 12 Nov.',
  ],
  [
    { kind: "bad_number", word: "0", lowest: 1, highest: 104 },
    '"0" is not a number from 1 to 104. Write a whole number in that range.',
  ],
  [
    { kind: "open_quote", rest: '"pro' },
    'A quotation mark is opened and not closed: "pro Close it, or leave it out.',
  ],
  [
    { kind: "long_line", length: 3_000, most: 2_000 },
    "The line has 3000 characters, which is too long. At most 2000 are read.",
  ],
  [
    {
      kind: "unknown_dimension",
      metric: "csat",
      word: "service",
      allowed: ["tier"],
      nearest: [],
      elsewhere: ["Error Rate", "Uptime"],
    },
    'csat cannot be cut by "service". Error Rate and Uptime have it. It can be cut by tier. For example: /kpi csat by tier',
  ],
  [
    {
      kind: "unknown_dimension",
      metric: "csat",
      word: "teir",
      allowed: ["tier"],
      nearest: ["tier"],
    },
    'csat cannot be cut by "teir". Did you mean /kpi csat by tier?',
  ],
  [
    {
      kind: "unknown_dimension",
      metric: "sign-ups",
      word: "tier",
      allowed: ["source", "tenure"],
      isFilter: true,
      lines: ["sign-ups by source"],
    },
    'sign-ups cannot be filtered by "tier". It can be filtered by source or tenure. For example: /kpi sign-ups by source',
  ],
  [
    { kind: "bare_value", word: "pro", dimension: "tier", line: "adoption tier=pro by source" },
    '"pro" is a tier. Say so: /kpi adoption tier=pro by source',
  ],
  [
    { kind: "bare_dimension", word: "tier", lines: ["csat tier=pro", "csat by tier pro"] },
    '"tier" is a dimension. Filter with an equals sign, cut with by: /kpi csat tier=pro or /kpi csat by tier pro',
  ],
  [
    { kind: "unsupported_operator", operator: "!=", isNegated: true, line: "csat tier=free" },
    '"!=" does not work in a filter, only "=". Name what shall be in it, several values with commas: /kpi csat tier=free',
  ],
  [
    { kind: "unsupported_operator", operator: ":", isNegated: false, line: null },
    '":" does not work in a filter, only "=". A filter is a dimension, an equals sign and values with commas: /kpi help',
  ],
  [
    { kind: "exclusive", words: ["since", "last"] },
    '"since" and "last" cannot be asked for together. Leave one of them out.',
  ],
  [
    { kind: "bad_tenure", word: "0" },
    '"0" is no number of weeks since sign-up. Write a week such as tenure=3, or a range such as tenure=1-13.',
  ],
  [
    { kind: "not_weeks", word: "last 2 years", line: "csat last 104 weeks", weeks: 104 },
    '"last 2 years" is not in weeks, months or quarters. Everything here is counted in those. For example: /kpi csat last 104 weeks',
  ],
  [
    { kind: "since_after", since: "2026-11-16", end: "2026-11-09" },
    "2026-W47 comes after 2026-W46, with which the chart ends. Give an earlier date.",
  ],
  [
    { kind: "too_far_back", weeks: 300, most: 260 },
    "That is 300 weeks; a chart has at most 260. Give a later date.",
  ],
  [
    { kind: "unknown_command", word: "scorcard", nearest: ["help scorecard"], commands: ["help"] },
    'There is no command called "scorcard". Did you mean /kpi help scorecard?',
  ],
  [
    { kind: "unknown_team", word: "CX", nearest: ["CS"], teams: ["CS", "GTM"] },
    'There is no team called "CX". Teams: CS and GTM. Did you mean /kpi scorecard CS?',
  ],
  [
    { kind: "not_yet", word: "why", what: "what moved a metric" },
    '"why" does not work yet. To come: what moved a metric. What works: /kpi help',
  ],
  [
    {
      kind: "ambiguous",
      phrase: "P.3",
      candidates: [
        { metric: "latency_p50", name: "Latency p50", code: "P.3", line: "latency_p50 by tier" },
        { metric: "own", name: "Own", code: null, line: "own by tier" },
      ],
    },
    '"P.3" can mean more than one metric. Which one? Type /kpi latency_p50 by tier (Latency p50, P.3) or /kpi own by tier (Own).',
  ],
  [
    { kind: "not_here", name: '"lost mrr"', direct: false },
    '"lost mrr" is not shown in this channel. It is shown only where the operator allows sensitive metrics.',
  ],
  [
    { kind: "broken", id: "a1b2" },
    "That did not work. It is not your fault. Try again in a minute. If it happens again, give your operator this id: a1b2",
  ],
])("$kind says what is wrong and what to do", (fault, said) => {
  expect(tellFault(fault, "/kpi").summary).toBe(said);
});

describe("what may have been meant", () => {
  const candidates = Array.from({ length: 7 }, (_, i) => ({
    metric: `m${i}`,
    name: `Metric ${i}`,
    code: null,
    line: `m${i} tier=pro`,
  }));

  test("is a line and a button each, at most as many buttons as a row has", () => {
    const { blocks } = tellFault({ kind: "ambiguous", phrase: "m", candidates }, "/kpi");
    expect(JSON.stringify(blocks[1])).toContain("/kpi m6 tier=pro");
    const actions = blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
    expect(actions).toHaveLength(5);
    expect(actions[0]).toEqual({
      kind: "button",
      id: "ask",
      label: "Metric 0",
      value: "m0 tier=pro",
    });
  });

  test("of a metric's name is a button each", () => {
    const nearest = ["adoption_rate by tier"];
    const { blocks } = tellFault({ kind: "unknown_metric", word: "adpotion", nearest }, "/kpi");
    expect(blocks.at(-1)).toEqual({
      kind: "actions",
      actions: [
        {
          kind: "button",
          id: "ask",
          label: "adoption_rate by tier",
          value: "adoption_rate by tier",
        },
      ],
    });
  });
});
