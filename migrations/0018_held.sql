-- Up Migration

-- Of what metrics need in rows of their sources, such as cs_activities.kind=qbr: whether one was there
-- when the facts were filled.
CREATE TABLE facts.held (
  need         text PRIMARY KEY,
  source_table text NOT NULL,
  held         boolean NOT NULL
);

-- Source tables that are views over the user's own tables: nothing marks a row of theirs that changes.
CREATE TABLE bot.source_view (
  source_table text PRIMARY KEY,
  lag_days     int NOT NULL CHECK (lag_days >= 0)
);

-- Where the tables stand aside whose place a view has taken.
CREATE SCHEMA aside;
