-- Up Migration

SET LOCAL search_path = bot;

-- Who has to mend what a delivery waits for: a person (the channel is archived, a token revoked) or
-- the platform (it is away, or limits us), and since when. `ended_at`: when it was given up.
ALTER TABLE delivery
  ADD COLUMN waits_for   text CHECK (waits_for IN ('person', 'platform')),
  ADD COLUMN waits_since timestamptz,
  ADD COLUMN ended_at    timestamptz;
CREATE INDEX ON delivery (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX ON delivery (ended_at) WHERE ended_at IS NOT NULL;

-- What the owner is told: one row from its first failure until it is over. `about` names the thing,
-- `subject` says it as data, `since` and `over_at` are the program's clock. `notice` is the run that
-- tells of it, of one row or several; `changed`: it does not say yet what this row says.
CREATE TABLE trouble (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  about      text NOT NULL,
  subject    jsonb NOT NULL,
  code       text NOT NULL,
  since      timestamptz NOT NULL,
  over_at    timestamptz,
  noticed_at timestamptz NOT NULL DEFAULT now(),
  notice     bigint REFERENCES run,
  changed    boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX ON trouble (about) WHERE over_at IS NULL;
CREATE INDEX ON trouble (notice) WHERE changed;

-- When a scheduler last looked for what is due, by the database's clock.
CREATE TABLE scheduler (
  only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  ticked_at timestamptz NOT NULL
);
