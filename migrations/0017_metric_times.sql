-- Up Migration

-- Metrics read accounts and leads by these times as well; without an index every window reads them all.
CREATE INDEX ON facts.account (first_paid_at);
CREATE INDEX ON facts.account (pql_at);
CREATE INDEX ON source.accounts (first_paid_at);
CREATE INDEX ON source.accounts (pql_at);
CREATE INDEX ON source.leads (first_outreach_at);
