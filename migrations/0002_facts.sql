-- Up Migration

-- The relations that metrics are written over. Views over the sources in `exact`; tables of the
-- same columns in `facts`, filled from those views, so that both ways share one definition.

CREATE VIEW exact.account AS
SELECT a.*, source.day_of(a.signed_up_at) AS d0
FROM source.accounts a
WHERE NOT a.is_internal;

-- The tier of an account. The state just before ts(d) is the row with d between from_day and
-- to_day; the state at an instant x is the row with valid_from <= x < valid_to. Where primary lines
-- overlap the later one holds, so that no unit is ever counted under two tiers.
CREATE VIEW exact.plan AS
WITH line AS (
  SELECT account_id, tier, status, valid_from,
         least(valid_to, lead(valid_from) OVER (PARTITION BY account_id ORDER BY valid_from, line_id COLLATE "C"), 'infinity') AS valid_to
  FROM source.subscription_periods
  WHERE is_primary AND (valid_to IS NULL OR valid_to > valid_from)
)
SELECT account_id, tier, status, valid_from, valid_to,
       source.day_of(valid_from) + 1 AS from_day,
       CASE WHEN valid_to = 'infinity' THEN 'infinity'::date ELSE source.day_of(valid_to) END AS to_day
FROM line;

-- The MRR of a paying account, as ranges of days that do not overlap; days as in plan.
CREATE VIEW exact.customer AS
WITH line AS (
  SELECT account_id, mrr, source.day_of(valid_from) + 1 AS from_day,
         source.day_of(valid_to) + 1 AS after_day
  FROM source.subscription_periods
  WHERE status = 'paid' AND (valid_to IS NULL OR valid_to > valid_from)
), step AS (
  SELECT account_id, from_day AS day, mrr AS delta FROM line
  UNION ALL
  SELECT account_id, after_day, -mrr FROM line WHERE after_day IS NOT NULL
), total AS (
  SELECT account_id, day, sum(delta) AS delta FROM step GROUP BY account_id, day
), level AS (
  SELECT account_id, day AS from_day,
         coalesce(lead(day) OVER running - 1, 'infinity'::date) AS to_day,
         sum(delta) OVER running AS mrr
  FROM total
  WINDOW running AS (PARTITION BY account_id ORDER BY day)
)
SELECT account_id, mrr, from_day, to_day FROM level WHERE mrr > 0;

CREATE VIEW exact.usage_day AS
SELECT u.account_id, u.usage_date AS day,
       sum(u.event_count)::bigint AS events,
       coalesce(sum(u.event_count) FILTER (WHERE f.is_core AND u.event_count > 0), 0)::bigint AS core_events,
       sum(u.api_calls)::bigint AS api_calls, sum(u.tokens)::bigint AS tokens,
       sum(u.active_minutes) AS minutes
FROM source.usage_daily u
JOIN source.features f USING (feature_id)
GROUP BY u.account_id, u.usage_date;

-- Which features decide that a day is active.
CREATE VIEW exact.feature AS SELECT feature_id, is_core FROM source.features;

-- Up to when the rows are complete; of the facts, up to when those were that they were filled from.
CREATE VIEW exact.watermark AS SELECT source_table, complete_through FROM source.source_watermarks;

-- A day with at least one core event: the smallest proof of value.
CREATE VIEW exact.active_day AS
SELECT DISTINCT u.account_id, u.usage_date AS day
FROM source.usage_daily u
JOIN source.features f USING (feature_id)
WHERE f.is_core AND u.event_count > 0;

CREATE VIEW exact.first_use AS
SELECT u.account_id, u.user_id, min(u.usage_date) AS first_on,
       min(u.usage_date) FILTER (WHERE f.is_core) AS first_core_on
FROM source.usage_daily u
JOIN source.features f USING (feature_id)
WHERE u.event_count > 0
GROUP BY u.account_id, u.user_id;

CREATE TABLE facts.account AS SELECT * FROM exact.account WITH NO DATA;
ALTER TABLE facts.account ADD PRIMARY KEY (account_id);
CREATE INDEX ON facts.account (d0);

CREATE TABLE facts.plan AS SELECT * FROM exact.plan WITH NO DATA;
CREATE INDEX ON facts.plan (account_id, from_day);

CREATE TABLE facts.customer AS SELECT * FROM exact.customer WITH NO DATA;
CREATE INDEX ON facts.customer (account_id, from_day);

CREATE TABLE facts.usage_day AS SELECT * FROM exact.usage_day WITH NO DATA;
-- Named, since the first filling builds them after the rows.
ALTER TABLE facts.usage_day ADD CONSTRAINT usage_day_key PRIMARY KEY (account_id, day);
CREATE INDEX usage_day_core ON facts.usage_day (day, account_id) WHERE core_events > 0;

CREATE VIEW facts.active_day AS SELECT account_id, day FROM facts.usage_day WHERE core_events > 0;

CREATE TABLE facts.first_use AS SELECT * FROM exact.first_use WITH NO DATA;
ALTER TABLE facts.first_use ADD PRIMARY KEY (account_id, user_id);
CREATE INDEX ON facts.first_use (first_on);

CREATE TABLE facts.feature AS SELECT * FROM exact.feature WITH NO DATA;
ALTER TABLE facts.feature ADD PRIMARY KEY (feature_id);

CREATE TABLE facts.watermark AS SELECT * FROM exact.watermark WITH NO DATA;
ALTER TABLE facts.watermark ADD PRIMARY KEY (source_table);

-- What the facts and cells rest on that leaves no dirty days: the time zone of days, and of each
-- source table without event times a fingerprint of its rows.
CREATE TABLE facts.basis (
  name  text PRIMARY KEY,
  print text NOT NULL
);
