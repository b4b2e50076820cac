-- Up Migration

SET LOCAL search_path = source;

-- The instant until which something is in time that began at `since`: so many times 24 hours later, but no
-- later than its last day ends. Where summer time begins the hours reach into the day after it, which may
-- be after the window that `since` is in: what happened then would change a week that is final.
CREATE FUNCTION deadline(since timestamptz, days int) RETURNS timestamptz STABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT least(since + days * interval '24 hours', source.ts(source.day_of(since) + days + 1)) $$;

-- Whether it was done before its deadline; what was not done was not. Only of what was done on the last
-- day is that day's end asked for, which costs more than all else of a row.
CREATE FUNCTION in_time(done timestamptz, since timestamptz, days int) RETURNS boolean STABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT CASE WHEN done < since + (days - 1) * interval '24 hours' THEN true
               WHEN done < since + days * interval '24 hours' THEN done < source.deadline(since, days)
               ELSE false END $$;
