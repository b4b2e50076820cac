import { expect, test } from "vitest";
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
    { kind: "week_out_of_range", week: "2020-01-06", first: "2024-07-29", last: "2026-11-16" },
    "There is no data for 2020-W02. There is data from 2024-W31 to 2026-W47.",
  ],
  [
    { kind: "no_data", metric: "mrr", sources: ["accounts", "revenue_daily"] },
    "mrr has no data yet: nothing has been loaded into accounts and revenue_daily. The operator loads it with kpi import.",
  ],
  [
    { kind: "unknown_word", word: "frob", expected: ["by <dim>", "week <w>"] },
    '"frob" is not understood here. After a metric you can write by <dim> or week <w>. More: /kpi help',
  ],
  [
    { kind: "word_without_value", word: "by", example: "adoption by tier" },
    '"by" needs a value. For example: /kpi adoption by tier',
  ],
  [
    { kind: "repeated_word", word: "tier" },
    '"tier" is given twice. Write it once. Several values go with commas, such as tier=pro,enterprise.',
  ],
  [
    { kind: "bad_week", word: "banana" },
    '"banana" is not a week. Write an ISO week such as 2026-W46, or any date in it such as 2026-11-12.',
  ],
  [
    { kind: "bad_number", word: "0", lowest: 1, highest: 104 },
    '"0" is not a number from 1 to 104. Write a whole number in that range.',
  ],
  [{ kind: "open_quote" }, "A quotation mark is opened and not closed. Close it, or leave it out."],
  [{ kind: "not_yet", word: "why" }, '"why" does not work yet. What works: /kpi help'],
  [
    { kind: "not_here", name: "MRR", direct: false },
    "MRR is not shown in this channel. It is shown only where the operator allows sensitive metrics.",
  ],
  [
    { kind: "broken", id: "a1b2" },
    "That did not work. It is not your fault. Try again in a minute. If it happens again, give your operator this id: a1b2",
  ],
])("$kind says what is wrong and what to do", (fault, said) => {
  expect(tellFault(fault, "/kpi").summary).toBe(said);
});
