-- Up Migration

SET LOCAL search_path = bot;

-- Who was refused, who was told of a sensitive metric, what was taken away again and what an operator
-- ordered: ids, codes and filters, never a figure. `at` is the program's clock, stored_at the database's.
CREATE TABLE audit (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  kind      text NOT NULL CHECK (kind IN ('refused', 'disclosed', 'withdrawn', 'ordered')),
  who       text NOT NULL,
  channel   text,
  what      jsonb NOT NULL,
  code      text,
  CHECK (kind IN ('disclosed', 'ordered') OR code IS NOT NULL)
);
CREATE INDEX ON audit (at);

-- Answers to questions that stand where all of a channel read them, so that they can be taken away when
-- others come to read there. Channels as `slack:C0ALL`, the asker as `slack:U0ANA`.
CREATE TABLE standing_answer (
  channel    text NOT NULL,
  message_id text NOT NULL,
  thread     text,
  asker      text NOT NULL,
  metrics    text[] NOT NULL,
  stored_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (channel, message_id)
);
