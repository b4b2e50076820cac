-- Up Migration

-- Until which day a contract term that ends is ahead: it is decided, or due. Of the days before its
-- decision a row says the same as before; a mark would tell of all days of the row. A view of a
-- company's own may give a row twice, so no key is asked for.
CREATE VIEW exact.renewal AS
SELECT account_id, renewal_id, due_on, least(decided_on, due_on) AS ahead_to FROM source.renewals;

CREATE TABLE facts.renewal AS SELECT * FROM exact.renewal WITH NO DATA;
CREATE INDEX ON facts.renewal (due_on);
CREATE INDEX ON facts.renewal (account_id);

-- Facts that were filled before get its rows here, which are days and of no zone. A view may be slow, or
-- fail: the next refresh fills them from it, and until then nothing is told that reads renewals.
DO $$
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'source.renewals'::regclass) = 'r' THEN
    INSERT INTO facts.renewal SELECT * FROM exact.renewal;
  ELSE
    DELETE FROM facts.watermark WHERE source_table = 'renewals';
  END IF;
END $$;
ANALYZE facts.renewal;
