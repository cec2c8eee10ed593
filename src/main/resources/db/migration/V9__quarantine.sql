-- Views of bursts, kept apart until an owner judges them. They are rows like all others, under a
-- number of their own: that of their site plus 2^30, which no site has.

-- One verdict a day, which is never taken back and also holds for rows of the day that come later.
-- Admitted rows stand beside the site's own with the negative of their epoch.
CREATE TABLE quarantine_verdict (
  site_id    integer NOT NULL,
  day        date NOT NULL,
  verdict    text NOT NULL CHECK (verdict IN ('admitted', 'dropped')),
  views      bigint NOT NULL, -- in quarantine when it was given
  visits     bigint NOT NULL,
  reason     text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  entered_by text NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, day)
);
