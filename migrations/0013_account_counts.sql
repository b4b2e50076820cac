-- Up Migration

SET LOCAL search_path = bot;

-- How many accounts stand behind the cells of one metric, window, week and dimension set, which is
-- what decides whether a sensitive figure may be told (docs/adr/0030-kept-counts.md). A profile is the
-- accounts that stand under the very same labels; it has an entry a label, of the same profile number.
-- codes holds the labels' codes one entry after the other, in the order of the definition's
-- dimensions, the tier among them. Where an account stands under one label of each dimension, profile
-- is empty: every entry is a profile of its own, and those of '*' add up to those of fewer dimensions.
CREATE TABLE account_count (
  metric        text NOT NULL,
  version       text NOT NULL,
  grain         text NOT NULL CHECK (grain IN ('week', 'month')),
  window_weeks  smallint NOT NULL,
  period        date NOT NULL,
  dimension_set text NOT NULL,
  profile       int[] NOT NULL,
  accounts      int[] NOT NULL,
  codes         int[] NOT NULL,
  PRIMARY KEY (metric, version, grain, window_weeks, dimension_set, period)
);

-- Of a total that was told: how many accounts were behind it then, where they were counted, and when
-- one that differs was computed first.
ALTER TABLE told_total ADD accounts int, ADD moved_at timestamptz;
