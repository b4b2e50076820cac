-- Up Migration

SET LOCAL search_path = bot;

-- Of a scorecard: the metrics that it does not wait for are still to be computed, and their signals told.
ALTER TABLE run ADD COLUMN rest_due boolean NOT NULL DEFAULT false;

-- moved: the day of an event that came, went or moved; else of another event of a row that changed,
-- from which on nothing else happened than before.
-- accounts: whose rows changed, where that is told; null: any account's may have.
ALTER TABLE dirty
  ADD COLUMN moved    boolean NOT NULL DEFAULT true,
  ADD COLUMN accounts text[];

-- The first day of each account's usage, of whatever feature. Rows that went may leave it too early:
-- it says from where on an account matters that comes to be known.
CREATE TABLE facts.usage_from (
  account_id text PRIMARY KEY,
  day        date NOT NULL
);
