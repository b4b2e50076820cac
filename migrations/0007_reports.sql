-- Up Migration

SET LOCAL search_path = bot;

-- Without a weekday: every day.
ALTER TABLE schedule ALTER COLUMN weekday DROP NOT NULL;

-- What a run says may change after it was told: a value is restated, a late one comes, a signal ends.
-- `revision` counts what it said, `first_told` is what it said first, and `shown` of a delivery is the
-- revision that stands in the channel.
ALTER TABLE run ADD COLUMN revision int NOT NULL DEFAULT 0, ADD COLUMN first_told jsonb;
ALTER TABLE delivery ADD COLUMN shown int NOT NULL DEFAULT 0;

-- Each refresh that came to its end. What was told is compared with the data after each, once:
-- `compared` is the latest after which it was.
CREATE TABLE refresh_run (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finished_at timestamptz NOT NULL DEFAULT now(),
  compared    boolean NOT NULL DEFAULT false
);
CREATE INDEX ON refresh_run (id) WHERE NOT compared;

-- Ended because a restatement left nothing of it, not because the metric came back.
ALTER TABLE signal ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
