-- Up Migration

-- How far the week departed from what was expected of it, in standard errors: what the status of a
-- driver is made of. The verdicts that stand get theirs with the next refresh.
ALTER TABLE bot.verdict ADD COLUMN z float8;
