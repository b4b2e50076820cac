-- Up Migration

SET LOCAL search_path = bot;

-- The occurrence that was taken last, and what the program's clock said then. Where it says less now,
-- it was ahead: what was passed over is owed from there. A week that has its run is not told again.
ALTER TABLE schedule ADD COLUMN taken_at timestamptz, ADD COLUMN clock_then timestamptz;
