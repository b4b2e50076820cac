-- Up Migration

-- Day-N retention counts a user from the first event of any feature, also one that `features` does
-- not name. The first refresh after an update fills the facts anew (0020).
CREATE OR REPLACE VIEW exact.first_use AS
SELECT u.account_id, u.user_id, min(u.usage_date) AS first_on,
       min(u.usage_date) FILTER (WHERE f.is_core) AS first_core_on
FROM source.usage_daily u
LEFT JOIN source.features f USING (feature_id)
WHERE u.event_count > 0
GROUP BY u.account_id, u.user_id;

CREATE INDEX ON source.tickets (first_solved_at);
