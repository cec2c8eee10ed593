-- What owners set: keys to the admin calls, opening balances.

-- A key is 256 random bits, so that a plain hash of it is as good as a slow one.
CREATE TABLE api_key (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id      integer, -- null: every site
  role         text NOT NULL CHECK (role IN ('reader', 'editor', 'operator')),
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  hash         bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

CREATE INDEX api_key_site ON api_key (site_id);

-- Opening balances as they are now: what was counted before Luot. Never mixed with counted numbers,
-- only added when numbers are shown. page is the page's key, or that of ~portal for the site itself.
CREATE TABLE baseline (
  site_id      integer NOT NULL,
  page         bigint NOT NULL,
  path         text NOT NULL,
  views        bigint NOT NULL DEFAULT 0 CHECK (views >= 0),
  visits       bigint NOT NULL DEFAULT 0 CHECK (visits >= 0),
  rating_count bigint NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
  rating_sum   bigint NOT NULL DEFAULT 0 CHECK (rating_sum BETWEEN rating_count AND 5 * rating_count),
  changed_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, page)
);

-- Who entered what, when and why. Only ever added to; null is what an entry left as it was.
CREATE TABLE baseline_entry (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id      integer NOT NULL,
  page         bigint NOT NULL,
  path         text NOT NULL,
  views        bigint,
  visits       bigint,
  rating_count bigint,
  rating_sum   bigint,
  reason       text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  entered_by   text NOT NULL,
  entered_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX baseline_entry_site ON baseline_entry (site_id, id);
