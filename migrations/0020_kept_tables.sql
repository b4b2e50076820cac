-- Up Migration

-- Relations that metrics read instead of a table whose rows say how things stand: in `exact` views,
-- in `facts` what those said when they were filled. From which day on something stands otherwise is
-- found by comparing the two; a mark tells of the days of the row, and not which of them changed.

-- Whose team a user is of, also on the days before the table of users had him.
CREATE VIEW exact.member AS SELECT account_id, user_id, team_id FROM source.users;

-- What customers have built, from the day on which it was made to the one on which it went.
CREATE VIEW exact.built AS
SELECT account_id, object_id, kind, source.day_of(created_at) AS made,
       coalesce(source.day_of(archived_at), 'infinity') AS gone
FROM source.workspace_objects;

CREATE TABLE facts.member AS SELECT * FROM exact.member WITH NO DATA;
ALTER TABLE facts.member ADD PRIMARY KEY (account_id, user_id);

CREATE TABLE facts.built AS SELECT * FROM exact.built WITH NO DATA;
ALTER TABLE facts.built ADD PRIMARY KEY (account_id, object_id);

-- Facts that were filled before have none of these rows, nor those of usage_from: facts that do not
-- know what they rest on are filled anew by the next refresh. Until then what reads the two has no data.
DELETE FROM facts.basis;
DELETE FROM facts.watermark WHERE source_table IN ('users', 'workspace_objects');

-- Read by the time at which a row is booked.
CREATE INDEX ON source.cs_activities (completed_at);
CREATE INDEX ON source.escalations (first_response_at);
CREATE INDEX ON source.customer_outcomes (reported_on);
