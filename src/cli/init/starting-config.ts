/** A kpi.yaml to begin with: what a company must say itself stands there as a question. */
import type { ProposedMapping } from "../../ingest/index.ts";
import type { UsageMeasure } from "../../metrics/catalogue/index.ts";
import { currencyOf } from "./currency-of.ts";

/** `mapping` is relative to kpi.yaml. Everything in it is a comment but the mapping, and what use is measured by. */
export function startingConfig({ proposal }: ProposedMapping, mapping: string): string {
  const currency = currencyOf(proposal.relations);
  const measure = usageMeasure(proposal);
  return `# Who you are. What stands here as a comment is the default, or a question; docs/reference.md has every key.
# After a change run: kpi refresh

# time_zone: UTC          # ? the zone of your days and weeks, such as Europe/London
# currency: ${currency?.currency ?? "USD"}           # ? ${currency?.why ?? "nothing in your data says it"}
# week_starts: monday
# fiscal_year_starts: 1   # ? the month
# owner: slack:U0OPS      # ? who is told when something fails
# teams:                  # ? whose channels
#   GTM: { channels: [slack:C0GTM] }
#   PRD: { channels: [slack:C0PRD] }
#   ENG: { channels: [slack:C0ENG] }
#   CS: { channels: [slack:C0CS] }
# scorecard: { channels: [slack:C0ALL], day: monday, at: "09:00" }
# sources: { every: "06:00", from: exports }   # loads the mapping each day

mapping: ${JSON.stringify(mapping)}${measure === null ? "" : `\nmetrics: { usage_measure: ${measure} } # no column says how many tokens were used`}
`;
}

/** What use is measured by where it has no tokens; null: it has, or there is no use at all. */
export function usageMeasure({ drafts }: ProposedMapping["proposal"]): UsageMeasure | null {
  const usage = drafts.find(({ table }) => table === "usage_daily")?.select;
  if (usage === undefined || /\btokens\b/.test(usage)) return null;
  return /\bapi_calls\b/.test(usage) ? "api_calls" : "core_events";
}
