-- Up Migration

SET LOCAL search_path = bot;

-- Who was refused, who was told of a sensitive metric, and what was taken away again: ids, codes and
-- filters, never a figure. `at` is the program's clock, stored_at the database's.
CREATE TABLE audit (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  kind      text NOT NULL CHECK (kind IN ('refused', 'disclosed', 'withdrawn')),
  who       text NOT NULL,
  channel   text,
  what      jsonb NOT NULL,
  code      text,
  CHECK (kind = 'disclosed' OR code IS NOT NULL)
);
CREATE INDEX ON audit (at);
