-- Up Migration

SET LOCAL search_path = bot;

-- --- what came in -----------------------------------------------------------------------------

CREATE TABLE import_run (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  source      text NOT NULL,
  report      jsonb
);

-- Reporting days whose rows changed since the last refresh: of the old and of the new row.
CREATE TABLE dirty (
  source_table text NOT NULL,
  day          date NOT NULL,
  PRIMARY KEY (source_table, day)
);

-- --- what was computed --------------------------------------------------------------------------

-- Labels of dimensions as small numbers; codes are given once and never reused. Code 0 is (none).
CREATE TABLE dimension_code (
  dimension text NOT NULL,
  code      int NOT NULL CHECK (code > 0),
  label     text NOT NULL,
  PRIMARY KEY (dimension, code),
  UNIQUE (dimension, label)
);

-- One row holds the cells of one metric, window, week and dimension set as parallel arrays.
-- dimension_set: '' the total, a dimension's name, or '*' all dimensions together; in '*' the tier
-- stands in the key, elsewhere tier is -1. codes holds the cells' codes one cell after the other,
-- in the order of the definition's dimensions (without the tier in '*').
CREATE TABLE cell (
  metric        text NOT NULL,
  version       text NOT NULL,
  grain         text NOT NULL CHECK (grain IN ('week', 'month')),
  window_weeks  smallint NOT NULL,
  period        date NOT NULL,
  dimension_set text NOT NULL,
  tier          int NOT NULL,
  codes         int[] NOT NULL,
  num           numeric[],
  den           numeric[],
  n             bigint[] NOT NULL,
  hist          bigint[],
  PRIMARY KEY (metric, version, grain, window_weeks, dimension_set, tier, period)
);

-- The verdict of an unfiltered metric and week (METRICS.md 4.2 B), walked by family and stored.
CREATE TABLE verdict (
  metric       text NOT NULL,
  version      text NOT NULL,
  week         date NOT NULL,
  word         text NOT NULL,
  test         text,
  value        float8,
  expected     float8,
  low          float8,
  high         float8,
  p            float8,
  p_adjusted   float8,
  since        date,
  direction    smallint CHECK (direction IN (-1, 1)),
  pooled_weeks smallint,
  PRIMARY KEY (metric, version, week)
);

-- A movement that was opened. At most one is open for a metric, filters and direction.
CREATE TABLE signal (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  metric       text NOT NULL,
  filters      jsonb NOT NULL DEFAULT '{}',
  filters_hash text NOT NULL,
  direction    smallint NOT NULL CHECK (direction IN (-1, 1)),
  opened_by    text NOT NULL CHECK (opened_by IN ('signal', 'run')),
  first_week   date NOT NULL,
  opened_week  date NOT NULL,
  closed_week  date,
  version      text NOT NULL
);
CREATE UNIQUE INDEX signal_open ON signal (metric, filters_hash, direction) WHERE closed_week IS NULL;

-- --- what is posted -----------------------------------------------------------------------------

-- Wall time and zone decide when a report is due; next_at is the coming occurrence.
CREATE TABLE schedule (
  report    text NOT NULL PRIMARY KEY,
  time_zone text NOT NULL,
  weekday   smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  wall_time time NOT NULL,
  next_at   timestamptz NOT NULL
);

-- One report for one period, claimed by whoever inserts it. `told` is what it said, as data; until it
-- is built, failures and next_build_at say how often that failed and when to try again.
CREATE TABLE run (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report        text NOT NULL,
  filters_hash  text NOT NULL,
  period        date NOT NULL,
  due_at        timestamptz NOT NULL,
  claimed_at    timestamptz NOT NULL,
  told          jsonb,
  failures      int NOT NULL DEFAULT 0,
  next_build_at timestamptz,
  UNIQUE (report, filters_hash, period)
);

-- One run in one channel. `parent` is the delivery in whose thread it is said. `in_doubt`: an earlier
-- attempt may have arrived. created_at is the program's clock, stored_at the database's.
CREATE TABLE delivery (
  id          text NOT NULL PRIMARY KEY,
  run_id      bigint NOT NULL REFERENCES run,
  channel     text NOT NULL,
  parent      text REFERENCES delivery,
  state       text NOT NULL DEFAULT 'pending'
              CHECK (state IN ('pending', 'sending', 'sent', 'ambiguous', 'dead')),
  attempts    int NOT NULL DEFAULT 0,
  in_doubt    boolean NOT NULL DEFAULT false,
  fence       bigint NOT NULL DEFAULT 0,
  lease_until timestamptz,
  next_try_at timestamptz,
  message_id  text,
  fault       text,
  created_at  timestamptz NOT NULL,
  stored_at   timestamptz NOT NULL DEFAULT now(),
  sent_at     timestamptz,
  UNIQUE (run_id, channel)
);
CREATE INDEX ON delivery (state, next_try_at) WHERE state IN ('pending', 'sending');

-- --- what is said of it -------------------------------------------------------------------------

-- Where a signal is discussed: the thread under its message.
CREATE TABLE thread (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  signal_id  bigint NOT NULL REFERENCES signal,
  platform   text NOT NULL,
  channel    text NOT NULL,
  message_id text NOT NULL,
  UNIQUE (platform, channel, message_id)
);

CREATE TABLE thread_reply (
  thread_id  bigint NOT NULL REFERENCES thread,
  message_id text NOT NULL,
  author     text NOT NULL,
  said_at    timestamptz NOT NULL,
  text       text NOT NULL,
  PRIMARY KEY (thread_id, message_id)
);

-- What a platform delivered; the key drops what it delivers again. Of what does not concern us only
-- the id is kept.
CREATE TABLE inbox (
  platform    text NOT NULL,
  id          text NOT NULL,
  body        jsonb,
  received_at timestamptz NOT NULL DEFAULT now(),
  settled_at  timestamptz,
  PRIMARY KEY (platform, id)
);
CREATE INDEX ON inbox (received_at) WHERE settled_at IS NULL AND body IS NOT NULL;
