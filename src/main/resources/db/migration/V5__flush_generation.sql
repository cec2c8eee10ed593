-- How many whole flushes this database has seen. Redis remembers the number too: one that is lower
-- here tells that the database was put back to an older state, and that what Redis still holds of
-- the time since must be flushed again.

CREATE TABLE flush_generation (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  generation bigint NOT NULL
);

INSERT INTO flush_generation (generation) VALUES (0);
