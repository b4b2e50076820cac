-- Up Migration

SET LOCAL search_path = bot;

-- The totals that were told before their rows changed, the first of each week. What is told now is
-- compared with them: a value that moved is told as restated.
CREATE TABLE told_total (
  metric        text NOT NULL,
  version       text NOT NULL,
  window_weeks  smallint NOT NULL,
  period        date NOT NULL,
  num           numeric[],
  den           numeric[],
  n             bigint[] NOT NULL,
  hist          bigint[],
  PRIMARY KEY (metric, version, window_weeks, period)
);

-- The totals as they were first told, in the shape of cells.
CREATE VIEW first_cell AS
SELECT metric, version, 'week' AS grain, window_weeks, period, '' AS dimension_set, -1 AS tier,
       '{}'::int[] AS codes, num, den, n, hist
FROM told_total
UNION ALL
SELECT metric, version, grain, window_weeks, period, dimension_set, tier, codes, num, den, n, hist
FROM cell c
WHERE dimension_set = '' AND NOT EXISTS (
  SELECT FROM told_total t
  WHERE (t.metric, t.version, t.window_weeks, t.period) = (c.metric, c.version, c.window_weeks, c.period));
