/** What people say and may mean several metrics by. Source: METRICS.md appendix B. */

export interface AmbiguousPhrase {
  phrase: string;
  /** Ids, in the order in which they are offered. */
  candidates: readonly string[];
  /** Answered without asking; null: the asker chooses. */
  meant: string | null;
}

/** The first candidate is what is usually meant. */
const usually = (phrase: string, meant: string, ...others: string[]): AmbiguousPhrase => ({
  phrase,
  candidates: [meant, ...others],
  meant,
});

const unclear = (phrase: string, ...candidates: string[]): AmbiguousPhrase => ({
  phrase,
  candidates,
  meant: null,
});

export const ambiguousPhrases: readonly AmbiguousPhrase[] = [
  usually("adoption", "adoption_rate", "product_adoption_rate", "feature_adoption_rate"),
  usually(
    "retention",
    "retention_rate",
    "usage_retention_rate",
    "nrr",
    "retention_d1",
    "retention_d7",
    "retention_d30",
  ),
  usually("churn", "churn_rate", "net_revenue_churn", "churned_mrr"),
  unclear("latency", "latency_p50", "latency_p90", "latency_p99"),
  unclear("P.3", "latency_p50", "latency_p90", "latency_p99"),
  unclear("uptime and availability", "uptime_pct", "availability_rate"),
  unclear("P.5", "uptime_pct", "availability_rate"),
  usually("satisfaction", "customer_satisfaction_score", "support_satisfaction_score", "nps"),
  unclear(
    "conversion",
    "signup_conversion_rate",
    "free_to_paid_rate",
    "organic_signup_rate",
    "email_campaign_conversion_rate",
    "event_lead_conversion_rate",
    "pipeline_close_rate",
  ),
  usually("growth", "weekly_growth_rate", "cwgr"),
  unclear("leads", "pql_count", "lead_quality_score", "cost_per_lead", "lead_qualification_rate"),
  usually("users", "active_users", "product_adoption_rate"),
  usually("revenue per customer", "arpa", "arpu"),
  unclear(
    "escalations",
    "escalation_rate",
    "escalation_resolution_rate",
    "escalation_response_time",
  ),
  usually("tickets", "support_ticket_volume", "ticket_volume_per_account"),
  usually("ROI", "customer_roi_score", "cost_savings_attributed", "revenue_growth_attributed"),
];
