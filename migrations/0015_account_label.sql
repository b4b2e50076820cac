-- Up Migration

-- Of each account the value of each dimension that a company has defined itself. What defines one is
-- the company's own SQL, which runs under a login of its own: its rows are read at each refresh, and
-- both ways of computing a metric join what was read.
CREATE TABLE facts.account_label (
  account_id text,
  dimension  text,
  label      text NOT NULL,
  PRIMARY KEY (dimension, account_id)
);

CREATE VIEW exact.account_label AS SELECT account_id, dimension, label FROM facts.account_label;
