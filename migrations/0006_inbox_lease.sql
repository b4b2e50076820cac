-- Up Migration

SET LOCAL search_path = bot;

-- Who deals with what was delivered says so for a short while and anew for as long as it takes; what
-- nobody says so of any more was lost with its program, and is taken up by another. attempts: how
-- often somebody began. The default is for programs of before, which say nothing.
ALTER TABLE inbox
  ADD COLUMN lease_until timestamptz NOT NULL DEFAULT now() + interval '30 seconds',
  ADD COLUMN attempts    int NOT NULL DEFAULT 1;
