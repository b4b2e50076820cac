-- Up Migration

SET LOCAL search_path = bot;

-- A target that an operator set, or without a type the end of one from period_start on (then period_end
-- is null: for good). Rows are only added, so that each says for ever who set what and when, and a past
-- week keeps the target that it had. No import touches them.
CREATE TABLE set_target (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  metric       text NOT NULL,
  filters      jsonb NOT NULL,
  target_type  text CHECK (target_type IN ('cumulative_by_date', 'level_by_date', 'at_least', 'at_most', 'band')),
  value        numeric,
  value_hi     numeric,
  period_start date NOT NULL,
  period_end   date,
  -- Of what it took the place of, so that growth is not suddenly held against another week.
  baseline_week  date,
  baseline_value numeric,
  set_by       text NOT NULL,
  set_at       timestamptz NOT NULL,
  CHECK ((target_type IS NULL) = (value IS NULL) AND (target_type IS NULL) = (period_end IS NULL)),
  CHECK ((value_hi IS NOT NULL) = (target_type IS NOT DISTINCT FROM 'band')),
  CHECK (period_end >= period_start)
);
CREATE INDEX ON set_target (metric);
