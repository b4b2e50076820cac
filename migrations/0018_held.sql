-- Up Migration

-- Of what metrics need in rows of their sources, such as cs_activities.kind=qbr: whether one was there
-- when the facts were filled.
CREATE TABLE facts.held (
  need         text PRIMARY KEY,
  source_table text NOT NULL,
  held         boolean NOT NULL
);
