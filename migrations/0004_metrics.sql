-- Up Migration

SET LOCAL search_path = source;

-- Up to when the data of the question are complete: what has not ended is counted to here.
CREATE FUNCTION as_of() RETURNS timestamptz STABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT coalesce(nullif(current_setting('kpi.as_of', true),''),'infinity')::timestamptz $$;

-- A date is its own reporting day, so that a fact may be a day or an instant.
CREATE FUNCTION day_of(d date) RETURNS date IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$ SELECT d $$;

CREATE INDEX ON capacity_hourly (hour_start);
CREATE INDEX ON incidents (resolved_at);
