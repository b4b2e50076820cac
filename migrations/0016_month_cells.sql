-- Up Migration

SET LOCAL search_path = bot;

-- A month has cells of its own (window_weeks 1: all of it), and so what was told of it first. Its first
-- day may be that of a week.
ALTER TABLE told_total ADD COLUMN grain text NOT NULL DEFAULT 'week' CHECK (grain IN ('week', 'month'));
ALTER TABLE told_total ALTER COLUMN grain DROP DEFAULT;
ALTER TABLE told_total DROP CONSTRAINT told_total_pkey;
ALTER TABLE told_total ADD PRIMARY KEY (metric, version, grain, window_weeks, period);

CREATE OR REPLACE VIEW first_cell AS
SELECT metric, version, grain, window_weeks, period, '' AS dimension_set, -1 AS tier,
       '{}'::int[] AS codes, num, den, n, hist
FROM told_total
UNION ALL
SELECT metric, version, grain, window_weeks, period, dimension_set, tier, codes, num, den, n, hist
FROM cell c
WHERE dimension_set = '' AND NOT EXISTS (
  SELECT FROM told_total t
  WHERE (t.metric, t.version, t.grain, t.window_weeks, t.period)
      = (c.metric, c.version, c.grain, c.window_weeks, c.period));
