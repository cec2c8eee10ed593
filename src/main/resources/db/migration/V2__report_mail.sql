-- Who is sent a site's report by mail each month, and what became of the last one.
CREATE TABLE report_mail (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id    integer NOT NULL,
  address    text NOT NULL CHECK (length(address) <= 254), -- once removed, its first letter and its domain
  language   text NOT NULL CHECK (language IN ('vi', 'en')),
  added_by   text NOT NULL,
  added_at   timestamptz NOT NULL,
  removed_by text,
  removed_at timestamptz,
  month      date NOT NULL,                                -- begins the last one sent or tried; at first the last one over
  tries      integer NOT NULL DEFAULT 0,
  next_try   timestamptz,                                  -- until then nobody else tries; null where that month is not due
  sent_at    timestamptz,
  failure    text,                                         -- why it was not sent
  asked_at   timestamptz                                   -- when an owner last had it sent
);

CREATE UNIQUE INDEX report_mail_address ON report_mail (site_id, lower(address)) WHERE removed_at IS NULL;
CREATE INDEX report_mail_site ON report_mail (site_id, id);
