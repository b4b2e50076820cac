-- Up Migration

SET LOCAL search_path = bot;

-- Of a scorecard: the metrics that it does not wait for are still to be computed, and their signals told.
ALTER TABLE run ADD COLUMN rest_due boolean NOT NULL DEFAULT false;
