-- Up Migration

-- Until which day a contract term that ends is ahead: it is decided, or over. Of the days before its
-- decision a row says the same as before; a mark would tell of all days of the row.
CREATE VIEW exact.renewal AS
SELECT account_id, renewal_id, due_on, least(decided_on, due_on) AS ahead_to FROM source.renewals;

CREATE TABLE facts.renewal AS SELECT * FROM exact.renewal WITH NO DATA;
ALTER TABLE facts.renewal ADD PRIMARY KEY (account_id, renewal_id);
CREATE INDEX ON facts.renewal (due_on);

-- Facts that were filled before get its rows with the next refresh. Until then what reads it has no data.
DELETE FROM facts.watermark WHERE source_table = 'renewals';
INSERT INTO bot.dirty (source_table, day)
SELECT 'renewals', '1970-01-01' WHERE EXISTS (SELECT FROM facts.basis);
