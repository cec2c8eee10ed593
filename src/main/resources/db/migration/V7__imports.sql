-- Imports of opening balances: how far each is, and what was wrong with it. A row is made when the file
-- has arrived; its state becomes done in the transaction that writes the balances.

CREATE TABLE import (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id     integer NOT NULL,
  state       text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'refused', 'brokenOff')),
  format      text NOT NULL,
  dry_run     boolean NOT NULL,
  reason      text NOT NULL,
  started_by  text NOT NULL,
  lines       bigint NOT NULL,             -- of the file
  checked     bigint NOT NULL DEFAULT 0,   -- lines read so far, before anything is written
  done        bigint NOT NULL DEFAULT 0,   -- balances written so far, visible when all are
  accepted    bigint NOT NULL DEFAULT 0,   -- balances found in the file
  skipped     bigint NOT NULL DEFAULT 0,   -- lines that name nothing Luot knows
  error_count bigint NOT NULL DEFAULT 0,
  errors      text NOT NULL DEFAULT '[]',  -- the first of them, as JSON
  started_at  timestamptz NOT NULL DEFAULT now(),
  touched_at  timestamptz NOT NULL DEFAULT now(), -- a running import touched long ago was broken off
  finished_at timestamptz
);

CREATE INDEX import_site ON import (site_id, id);

-- One at a time.
CREATE UNIQUE INDEX import_running ON import (site_id) WHERE state = 'running';
