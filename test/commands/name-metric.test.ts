import { describe, expect, test } from "vitest";
import { nameMetric } from "../../src/commands/name-metric.ts";
import type { Metric } from "../../src/metrics/catalogue/index.ts";
import { hasShared, readShared } from "../support/shared.ts";
import { aMetric, askOf, contextOf, inAll, shipped, terminal } from "./asking.ts";

function named(line: string, metrics: readonly Metric[] = shipped, caller = terminal) {
  return nameMetric(contextOf(metrics), askOf(line, caller));
}

function restOf(line: string): string[] {
  const found = named(line);
  if (!found.ok) throw new Error(JSON.stringify(found.fault));
  return found.value.rest.map(({ text }) => text);
}

describe("a metric is named", () => {
  test.each([
    ["adoption", "adoption_rate", []],
    ["C.3", "adoption_rate", []],
    ["c3 tier=pro", "adoption_rate", ["tier", "=", "pro"]],
    ["ADOPTION rate (13-Week)", "adoption_rate", []],
    ["adoption rate, by source", "adoption_rate", [",", "by", "source"]],
    ["13 week adoption by source", "adoption_rate", ["by", "source"]],
    ['"13 week adoption" by source', "adoption_rate", ["by", "source"]],
    ["sales this week by tier", "weekly_revenue", ["by", "tier"]],
    ["weekly-sign-ups", "weekly_sign_ups", []],
    ["áctive àccounts", "active_accounts", []],
    ["latency p99 last 4 weeks", "latency_p99", ["last", "4", "weeks"]],
  ])("%s: %s", (line, id, rest) => {
    expect(named(line)).toMatchObject({ ok: true, value: { metric: { id } } });
    expect(restOf(line)).toEqual(rest);
  });

  test("by the longest name, though a keyword stands in it", () => {
    const metrics = [
      aMetric("sessions", { aliases: ["traffic"] }),
      aMetric("traffic_by_channel", { name: "Traffic by Channel" }),
    ];
    expect(named("traffic by channel", metrics)).toMatchObject({
      value: { metric: { id: "traffic_by_channel" }, rest: [] },
    });
    expect(named("traffic by tier", metrics)).toMatchObject({
      value: { metric: { id: "sessions" } },
    });
  });

  test("without the word before an equals sign, which is a dimension", () => {
    const metrics = [aMetric("price"), aMetric("price_tier")];
    expect(named("price tier=pro", metrics)).toMatchObject({ value: { metric: { id: "price" } } });
  });

  test("an id wins over the aliases of others", () => {
    const metrics = [aMetric("other", { aliases: ["leads"] }), aMetric("leads")];
    expect(named("leads", metrics)).toMatchObject({ value: { metric: { id: "leads" } } });
  });
});

describe("what is no metric", () => {
  test.each([
    ["adpotion tier=pro by source", "adpotion", "adoption_rate tier=pro by source"],
    ["adpotion last 4 weeks", "adpotion", "adoption_rate last 4 weeks"],
    ["whats our csat by source", "whats our csat", "customer_satisfaction_score by source"],
    ["how many sign ups did we have last week?", "how many sign ups", "weekly_sign_ups last week"],
    ["whats our csat?", "whats our csat", "customer_satisfaction_score"],
    ["this week signups", "this week signups", "weekly_sign_ups this week"],
    [
      "last 12 weeks signups by tier",
      "last 12 weeks signups",
      "weekly_sign_ups last 12 weeks by tier",
    ],
    ["organic signups", "organic signups", "organic_signup_rate"],
    ["api calls growth by tier", "api calls growth", "api_call_growth_per_account by tier"],
    ["business outcomes", "business outcomes", "business_outcome_achievement_rate"],
    ["adpotion by tickets", "adpotion", "adoption_rate by tickets"],
    ['adpotion source="big event"', "adpotion", 'adoption_rate source="big event"'],
  ])("%s is answered with the whole line to type", (line, word, nearest) => {
    expect(named(line)).toMatchObject({ ok: false, fault: { kind: "unknown_metric", word } });
    const found = named(line);
    expect(!found.ok && "nearest" in found.fault && found.fault.nearest?.[0]).toBe(nearest);
  });

  test("is not guessed at when nothing is near", () => {
    expect(named("zzzzqqqq")).toEqual({
      ok: false,
      fault: { kind: "unknown_metric", word: "zzzzqqqq", nearest: [] },
    });
  });
});

/** METRICS.md appendix B, line by line: the phrase, what is usually meant, what else it may mean. */
const appendixB: [phrases: string[], meant: string | null, others: string[]][] = [
  [["adoption"], "adoption_rate", ["product_adoption_rate", "feature_adoption_rate"]],
  [
    ["retention"],
    "retention_rate",
    ["usage_retention_rate", "nrr", "retention_d1", "retention_d7", "retention_d30"],
  ],
  [["churn"], "churn_rate", ["net_revenue_churn", "churned_mrr"]],
  [["latency", "P.3", "p3"], null, ["latency_p50", "latency_p90", "latency_p99"]],
  [["uptime and availability", "P.5"], null, ["uptime_pct", "availability_rate"]],
  [["satisfaction"], "customer_satisfaction_score", ["support_satisfaction_score", "nps"]],
  [
    ["conversion"],
    null,
    [
      "signup_conversion_rate",
      "free_to_paid_rate",
      "organic_signup_rate",
      "email_campaign_conversion_rate",
      "event_lead_conversion_rate",
      "pipeline_close_rate",
    ],
  ],
  [["growth"], "weekly_growth_rate", ["cwgr"]],
  [
    ["leads"],
    null,
    ["pql_count", "lead_quality_score", "cost_per_lead", "lead_qualification_rate"],
  ],
  [["users"], "active_users", ["product_adoption_rate"]],
  [["revenue per customer"], "arpa", ["arpu"]],
  [
    ["escalations"],
    null,
    ["escalation_rate", "escalation_resolution_rate", "escalation_response_time"],
  ],
  [["tickets"], "support_ticket_volume", ["ticket_volume_per_account"]],
  [["ROI"], "customer_roi_score", ["cost_savings_attributed", "revenue_growth_attributed"]],
];
const cases = appendixB.flatMap(([phrases, meant, others]) =>
  phrases.map((phrase) => ({ phrase, meant, others })),
);
const everyMetric = [
  ...new Set(cases.flatMap(({ meant, others }) => [...(meant ? [meant] : []), ...others])),
].map((id) => aMetric(id));

describe("a phrase with two meanings", () => {
  test.each(cases)("$phrase: $meant, else $others", ({ phrase, meant, others }) => {
    const found = named(phrase.toUpperCase(), everyMetric);
    if (meant === null) {
      expect(found).toMatchObject({ ok: false, fault: { kind: "ambiguous" } });
      const candidates = found.ok || found.fault.kind !== "ambiguous" ? [] : found.fault.candidates;
      expect(candidates.map(({ metric }) => metric)).toEqual(others);
    } else {
      expect(found).toMatchObject({ ok: true, value: { metric: { id: meant } } });
      expect(found.ok && found.value.also.map(({ id }) => id)).toEqual(others);
    }
  });

  test.each(cases)("$phrase offers what there is while its usual metric is missing", (each) => {
    const [kept = ""] = each.others;
    expect(named(each.phrase, [aMetric(kept)])).toMatchObject({
      ok: false,
      fault: { kind: "ambiguous", candidates: [{ metric: kept }] },
    });
  });

  test.each([
    ["P.3 p99", "latency_p99"],
    ["latency p50 by tier", "latency_p50"],
    ["P.5 availability", "availability_rate"],
    ["retention d7", "retention_d7"],
    ["leads quality", "lead_quality_score"],
  ])("%s is settled by the word that follows", (line, id) => {
    expect(named(line, everyMetric)).toMatchObject({ ok: true, value: { metric: { id } } });
  });

  test("keeps the rest of the line in what it offers", () => {
    expect(named('conversion by channel source="big event"', everyMetric)).toMatchObject({
      fault: {
        candidates: [
          { line: 'signup_conversion_rate by channel source="big event"' },
          {},
          {},
          {},
          {},
          {},
        ],
      },
    });
  });

  test("means a company's own metric when that is what it is called", () => {
    const own = aMetric("sales_leads", { name: "Leads" });
    expect(named("leads", [...everyMetric, own])).toMatchObject({
      value: { metric: { id: "sales_leads" } },
    });
    const alias = aMetric("sales_leads", { aliases: ["leads"] });
    expect(named("leads", [aMetric("pql_count"), alias])).toMatchObject({
      fault: { candidates: [{ metric: "pql_count" }, { metric: "sales_leads" }] },
    });
  });
});

describe("what the asker may not see", () => {
  const secret = aMetric("layoff_plan", {
    name: "Layoff Plan",
    aliases: ["reduction", "conversions"],
    codes: ["X.1"],
    sensitive: true,
  });
  const open = aMetric("open_plan", { codes: ["X.1"] });

  test.each(["layof_plan", "layoff", "plan", "reducton", "Layoff Plans"])(
    "%s hints at nothing",
    (line) => {
      expect(JSON.stringify(named(line, [secret, open], inAll))).not.toMatch(
        /layoff_plan|Layoff Plan\b"/,
      );
      expect(JSON.stringify(named(line, [secret], terminal))).toContain("layoff_plan");
    },
  );

  test("is refused by what was typed, not by its name", () => {
    expect(named("reduction tier=pro", [secret], inAll)).toEqual({
      ok: false,
      fault: { kind: "not_here", name: '"reduction"', direct: false },
    });
  });

  test("is no candidate of a choice", () => {
    expect(named("x1", [secret, open], inAll)).toMatchObject({
      fault: { kind: "ambiguous", candidates: [{ metric: "open_plan" }] },
    });
    expect(named("x1", [secret, open])).toMatchObject({
      fault: { candidates: [{ metric: "layoff_plan" }, { metric: "open_plan" }] },
    });
  });

  test("is not said to be what else a phrase may mean", () => {
    const metrics = [aMetric("retention_rate"), aMetric("nrr", { sensitive: true })];
    expect(named("retention", metrics, inAll)).toMatchObject({ value: { also: [] } });
    expect(named("retention", metrics)).toMatchObject({ value: { also: [{ id: "nrr" }] } });
  });

  test("leaves a choice of the rest when it is what a phrase usually means", () => {
    const metrics = [aMetric("arpa", { sensitive: true }), aMetric("arpu")];
    expect(named("revenue per customer", metrics, inAll)).toMatchObject({
      fault: { kind: "ambiguous", candidates: [{ metric: "arpu" }] },
    });
  });
});

describe.skipIf(!hasShared("metrics/catalogue.json"))("in the catalogue of all 108 metrics", () => {
  const all = (): Metric[] => {
    const { metrics } = JSON.parse(readShared("metrics/catalogue.json"));
    return metrics.map((each: Record<string, string>) =>
      aMetric(each.id ?? "", {
        name: each.name ?? "",
        codes: (each.codes ?? "").split("; "),
        aliases: (each.aliases ?? "").split("; ").filter((alias) => !/^[RCP]\.\d/.test(alias)),
      }),
    );
  };

  test("every id and name is the metric's, and every alias its own or a choice that has it", () => {
    const metrics = all();
    expect(metrics).toHaveLength(108);
    for (const metric of metrics) {
      for (const name of [metric.id, metric.name])
        expect(named(name, metrics), name).toMatchObject({
          ok: true,
          value: { metric: { id: metric.id } },
        });
      for (const alias of metric.aliases) {
        const found = named(alias, metrics);
        const ids = found.ok
          ? [found.value.metric.id]
          : found.fault.kind === "ambiguous"
            ? found.fault.candidates.map((each) => each.metric)
            : [];
        expect(ids, alias).toContain(metric.id);
      }
    }
  });
});
