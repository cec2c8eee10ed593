-- What outlives Redis: sites, what was counted for them, votes, and what owners set.
--
-- Counts and votes are registers: rows that a flush may write again, late or twice, and that change nothing then. A count
-- is merged by maximum within its epoch, which is one uninterrupted history of one Redis; a vote is replaced by a higher
-- revision. The *_total tables hold sums of registers. Triggers keep them equal at every commit.
--
-- Four kinds of rows among the registers come from no Redis:
--   epoch 0         details that were removed, summed up: of a page on the day 1970-01-01, of a day in its first hour
--   epoch -1        an owner's imported history: of a site's day in its first hour
--   epoch -2        hits of servers' logs, added batch by batch
--   other negative  views admitted from quarantine, under the negative of their epoch
--
-- A site's quarantine is counted under a number of its own, id + 2^30, in the same tables.

-- Functions find their tables whatever the search path of whoever loads rows: pg_restore has an empty one.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- sum() of bigint counts in numeric, which costs twice as much. This refuses what is beyond bigint.
CREATE AGGREGATE sum_up(bigint) (
  SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);

-- Which installation this is. Redis bears the same name, so that no two count in one. Of several rows the oldest is meant:
-- rows loaded from a dump come to the one made here.
CREATE TABLE installation (
  id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  made_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO installation DEFAULT VALUES;


-- Sites ---------------------------------------------------------------------------------------------------------------

CREATE SEQUENCE site_revision;

-- The number of a new site. Not the next one: a database that was put back would give a lost site's number to another, and
-- what Redis still has of the lost one.
CREATE FUNCTION site_number() RETURNS integer LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  drawn integer;
BEGIN
  LOOP
    drawn := 1 + floor(random() * 1073741822);
    EXIT WHEN NOT EXISTS (SELECT FROM site WHERE id = drawn);
  END LOOP;
  RETURN drawn;
END $$;

-- As texts are searched: small letters without marks, alike in every locale of the database. Composed letters are taken
-- apart, marks that Vietnamese and other Latin alphabets use go, and đ, which is no d with a mark, becomes one.
CREATE FUNCTION folded(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(translate(normalize(lower(said), NFKD),
    U&'\0111\0110\0300\0301\0302\0303\0304\0306\0307\0308\0309\030A\030B\030C\031B\0323\0327\0328', 'dd') COLLATE "C")
$$;

-- A registered website.
CREATE TABLE site (
  id               integer PRIMARY KEY DEFAULT site_number() CHECK (id > 0 AND id < 1073741824),
  rules            jsonb NOT NULL,                  -- what its owner set: vn.luot.site.SiteRules, by the API's names
  slug             text GENERATED ALWAYS AS (rules->>'id') STORED NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  deleted_at       timestamptz,                     -- its data is being deleted; nothing is counted or read
  baseline_since   timestamptz,                     -- when the first opening balance was entered; null while none is in force
  rating_baselines boolean NOT NULL DEFAULT false,  -- whether one of a rating is among them
  revision         bigint NOT NULL DEFAULT nextval('site_revision')
);

-- Every change takes a new revision: how pods see that something changed.
CREATE FUNCTION site_revised() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  NEW.revision := nextval('site_revision');
  RETURN NEW;
END $$;

CREATE TRIGGER site_revised BEFORE UPDATE ON site
  FOR EACH ROW EXECUTE FUNCTION site_revised();

-- Who may call the admin API. A key is 256 random bits, so that a plain hash of it is as good as a slow one.
CREATE TABLE api_key (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id      integer,                             -- null: every site
  label        text,                                -- only the sites with this label
  role         text NOT NULL CHECK (role IN ('viewer', 'reader', 'editor', 'operator')),
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  hash         bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  revoked_by   text,
  last_used_at timestamptz,
  CHECK (label IS NULL OR (site_id IS NULL AND role = 'viewer'))
);

CREATE INDEX api_key_site ON api_key (site_id);

-- Labels whose sites' public numbers anybody may read together, and who switched that on and off.
CREATE TABLE public_label (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  label        text NOT NULL CHECK (length(label) BETWEEN 1 AND 64),
  published_at timestamptz NOT NULL DEFAULT now(),
  published_by text NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by text
);

CREATE UNIQUE INDEX public_label_in_force ON public_label (label) WHERE withdrawn_at IS NULL;

-- Who made a site and who changed its settings, when, and from what to what. Only ever added to. What made it has no was.
CREATE TABLE site_change (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id    integer NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL,
  was        jsonb NOT NULL,
  became     jsonb NOT NULL
);

CREATE INDEX site_change_site ON site_change (site_id, id);

-- Who deleted which site, and when. Stays when all else of the site goes.
CREATE TABLE deleted_site (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug       text NOT NULL,
  name       text NOT NULL,
  deleted_at timestamptz NOT NULL DEFAULT now(),
  deleted_by text NOT NULL
);

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

-- A page's name, and how it is shown. page is 60 bits of the path's SHA-256. What is above them says what is counted, here
-- and wherever something is counted by page: 0 for views of the page, -1 for downloads of the file of that path. Its views
-- are downloads then, and its path has ~download: before it. See vn.luot.site.page.Measure.
CREATE TABLE page (
  site_id      integer NOT NULL,
  page         bigint NOT NULL,
  path         text NOT NULL,
  title        text,
  first_seen   timestamptz NOT NULL,
  -- What a search looks through, folded once rather than for each search.
  searched     text GENERATED ALWAYS AS (folded(path || E'\n' || coalesce(title, ''))) STORED,
  title_locked boolean NOT NULL DEFAULT false,
  hidden       boolean NOT NULL DEFAULT false, -- public lists leave it out
  -- Of how many networks visitors viewed it on one day, of IPv4 or IPv6, whichever were more. Those of network_day are a
  -- bit each, 32 of either kind: networks are told apart by 5 bits of a hash under that day's salt.
  networks     smallint NOT NULL DEFAULT 0,
  network_day  date,
  network_bits bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, page)
);

CREATE INDEX page_seen ON page (site_id, first_seen, page);

-- Which networks of a day send which title, for pages of which more than one is sent. Kept for two days.
CREATE TABLE page_title (
  site_id integer NOT NULL,
  page    bigint NOT NULL,
  day     date NOT NULL,
  network smallint NOT NULL CHECK (network BETWEEN 0 AND 63),
  title   text NOT NULL,
  since   timestamptz NOT NULL, -- since when it sends this one
  PRIMARY KEY (site_id, page, day, network)
);

-- What owners changed about pages, who, when and why. Only ever added to; null is what a change left as it was.
CREATE TABLE page_change (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id      integer NOT NULL,
  page         bigint NOT NULL,
  path         text NOT NULL,
  title        text,
  title_locked boolean,
  hidden       boolean,
  reason       text CHECK (length(reason) BETWEEN 1 AND 500),
  changed_by   text NOT NULL,
  changed_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX page_change_page ON page_change (site_id, page, id);


-- Counts --------------------------------------------------------------------------------------------------------------

-- Registers of a site by hour.
CREATE TABLE hourly_views (
  site_id integer NOT NULL,
  day     date NOT NULL,
  hour    timestamptz NOT NULL,                               -- where it begins
  epoch   bigint NOT NULL,
  views   bigint NOT NULL CHECK (views >= 0),
  visits  bigint NOT NULL CHECK (visits >= 0),
  bots    bigint NOT NULL DEFAULT 0 CHECK (bots >= 0),        -- hits of robots, which are part of no total
  downloads bigint NOT NULL DEFAULT 0 CHECK (downloads >= 0), -- of files, which are no views
  PRIMARY KEY (site_id, day, hour, epoch)
);

-- Registers of a page by day.
CREATE TABLE page_views (
  site_id integer NOT NULL,
  day     date NOT NULL,
  page    bigint NOT NULL,
  epoch   bigint NOT NULL,
  views   bigint NOT NULL CHECK (views >= 0),
  visits  bigint NOT NULL DEFAULT 0 CHECK (visits >= 0),      -- that began on it
  PRIMARY KEY (site_id, day, page, epoch)
) WITH (fillfactor = 80);

-- Registers of the host that views came from, by day.
CREATE TABLE referrer_views (
  site_id integer NOT NULL,
  day     date NOT NULL,
  host    text NOT NULL CHECK (length(host) <= 253),          -- or ~other
  epoch   bigint NOT NULL,
  views   bigint NOT NULL CHECK (views >= 0),
  PRIMARY KEY (site_id, day, host, epoch)
);

-- The last flush of each epoch: Redis has the same mark, unless its memory is another one. See vn.luot.flush.day.FlushMarks.
CREATE TABLE epoch_flush (
  epoch bigint PRIMARY KEY,
  mark  bigint NOT NULL
) WITH (fillfactor = 50);

-- Registers of what visits began with, by day: a device, a browser and a system of vn.luot.visitor.Agent, | between.
CREATE TABLE device_visits (
  site_id integer NOT NULL,
  day     date NOT NULL,
  device  text NOT NULL,
  epoch   bigint NOT NULL,
  visits  bigint NOT NULL CHECK (visits >= 0),
  PRIMARY KEY (site_id, day, device, epoch)
);

-- Visitors of a day. A sketch is Redis's HyperLogLog: it counts who was there without naming anybody, and merging one
-- into another twice changes nothing.
CREATE TABLE daily_visitors (
  site_id  integer NOT NULL,
  day      date NOT NULL,
  visitors bigint NOT NULL,
  sketch   bytea NOT NULL,
  PRIMARY KEY (site_id, day)
);

-- The sum of a site's rows of hourly_views.
CREATE TABLE site_total (
  site_id integer PRIMARY KEY,
  views   bigint NOT NULL,
  visits  bigint NOT NULL
) WITH (fillfactor = 50);

-- The sum of a day's rows of hourly_views.
CREATE TABLE daily_total (
  site_id integer NOT NULL,
  day     date NOT NULL,
  views   bigint NOT NULL,
  visits  bigint NOT NULL,
  PRIMARY KEY (site_id, day)
) WITH (fillfactor = 50);

-- The sum of a page's rows of page_views. Whole pages of rows change with each merge of many: a new version that finds
-- room beside the old one needs no new entry in the index.
CREATE TABLE page_total (
  site_id integer NOT NULL,
  page    bigint NOT NULL,
  views   bigint NOT NULL,
  visits  bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, page)
) WITH (fillfactor = 50);

-- The sum of a page's rows of page_views until a day's end, so that any range of days is the difference of two rows and
-- the few days at its ends. Counts only where past_day names the day.
CREATE TABLE past_total (
  site_id integer NOT NULL,
  day     date NOT NULL,
  page    bigint NOT NULL,
  views   bigint NOT NULL,
  visits  bigint NOT NULL,
  PRIMARY KEY (site_id, day, page) INCLUDE (views, visits)
) WITH (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000); -- read by its index alone

-- The days that past_total is complete for.
CREATE TABLE past_day (
  site_id integer NOT NULL,
  day     date NOT NULL,
  pages   bigint NOT NULL,                                    -- rows of past_total
  PRIMARY KEY (site_id, day)
);

-- Since when a site's numbers by page, hour and referrer are kept.
CREATE TABLE detail_kept (
  site_id   integer PRIMARY KEY,
  kept_from date NOT NULL
);

-- One verdict on a day's quarantine. It is never taken back, and also holds for rows of the day that come later.
CREATE TABLE quarantine_verdict (
  site_id    integer NOT NULL,
  day        date NOT NULL,
  verdict    text NOT NULL CHECK (verdict IN ('admitted', 'dropped')),
  views      bigint NOT NULL,                                 -- in quarantine when it was given
  visits     bigint NOT NULL,
  reason     text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  entered_by text NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, day)
);


-- Votes ---------------------------------------------------------------------------------------------------------------

-- What signs voter tokens. The newest key signs, all of them verify.
CREATE TABLE token_key (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  secret     bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- From then on no token that it signed is valid. The row stays: a deleted one is put back.
  revoked_at timestamptz
);

-- One voter's stars for one page, or for the site itself (the page ~portal).
CREATE TABLE vote (
  id         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  site_id    integer NOT NULL,
  page       bigint NOT NULL,
  voter      uuid NOT NULL,
  stars      smallint NOT NULL CHECK (stars BETWEEN 0 AND 5), -- 0: withdrawn
  held       text,                                            -- why it is kept apart and not counted; removed: by an owner
  revision   bigint NOT NULL,                                 -- microseconds of Unix time, growing
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, page, voter)
);

CREATE INDEX vote_newest ON vote (site_id, changed_at, id);
CREATE INDEX vote_held ON vote (site_id, changed_at, id) WHERE held IS NOT NULL;

-- Who judged which vote, when and why. Only ever added to.
CREATE TABLE vote_entry (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id    integer NOT NULL,
  vote       bigint NOT NULL,
  action     text NOT NULL CHECK (action IN ('removed', 'admitted')),
  reason     text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  entered_by text NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX vote_entry_vote ON vote_entry (site_id, vote, id);

-- How many counted votes give a page how many stars.
CREATE TABLE rating_total (
  site_id integer NOT NULL,
  page    bigint NOT NULL,
  one     bigint NOT NULL CHECK (one >= 0),
  two     bigint NOT NULL CHECK (two >= 0),
  three   bigint NOT NULL CHECK (three >= 0),
  four    bigint NOT NULL CHECK (four >= 0),
  five    bigint NOT NULL CHECK (five >= 0),
  PRIMARY KEY (site_id, page)
) WITH (fillfactor = 50);


-- Opening balances ----------------------------------------------------------------------------------------------------

-- What was counted before Luot, as it is in force. Never mixed with counted numbers, only added when numbers are shown.
-- page is the page's key, or that of ~portal for the site itself.
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
  entered_at   timestamptz NOT NULL DEFAULT now(),
  import_id    bigint                                          -- null: entered by itself
);

CREATE INDEX baseline_entry_site ON baseline_entry (site_id, id);
CREATE INDEX baseline_entry_page ON baseline_entry (site_id, page, id);

-- How far each import is, and what was wrong with it. A row is made when the file has arrived; its state becomes done in
-- the transaction that writes what the file says.
CREATE TABLE import (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id     integer NOT NULL,
  state       text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'refused', 'brokenOff')),
  dry_run     boolean NOT NULL,
  reason      text NOT NULL,
  started_by  text NOT NULL,
  lines       bigint NOT NULL,                                 -- of the file
  checked     bigint NOT NULL DEFAULT 0,                       -- lines read so far, before anything is written
  done        bigint NOT NULL DEFAULT 0,                       -- written so far, visible when all are
  accepted    bigint NOT NULL DEFAULT 0,                       -- found in the file
  error_count bigint NOT NULL DEFAULT 0,
  errors      text NOT NULL DEFAULT '[]',                      -- the first of them, as JSON
  started_at  timestamptz NOT NULL DEFAULT now(),
  touched_at  timestamptz NOT NULL DEFAULT now(),              -- a running import touched long ago was broken off
  finished_at timestamptz,
  batch       text CHECK (length(batch) <= 100)                -- what the sender of hits called them; null: old numbers
);

-- A batch is counted once: its name is taken by the transaction that adds its hits.
CREATE UNIQUE INDEX import_batch ON import (site_id, batch) WHERE state = 'done' AND NOT dry_run AND batch IS NOT NULL;

CREATE INDEX import_site ON import (site_id, id);

-- One at a time.
CREATE UNIQUE INDEX import_running ON import (site_id) WHERE state = 'running';


-- Totals are kept -----------------------------------------------------------------------------------------------------
--
-- An upsert fires the insert trigger with the rows it inserted and the update trigger with the rows it changed. Groups
-- are sorted, so that two flushes lock totals in the same order. Rows that go are taken from the totals; a total that is
-- gone already, with its site, stays gone.
--
-- While a dump is loaded, nothing is added: the totals come with it. Every dump turns check_function_bodies off, before
-- it loads rows; Luot never does. Who loads single tables calls recount() afterwards.

CREATE FUNCTION hourly_views_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO daily_total AS t (site_id, day, views, visits)
  SELECT site_id, day, sum_up(views), sum_up(visits) FROM came GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, day) DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  INSERT INTO site_total AS t (site_id, views, visits)
  SELECT site_id, sum_up(views), sum_up(visits) FROM came GROUP BY 1 ORDER BY 1
  ON CONFLICT (site_id) DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  RETURN NULL;
END $$;

CREATE FUNCTION hourly_views_updated() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO daily_total AS t (site_id, day, views, visits)
  SELECT site_id, day, sum_up(views), sum_up(visits)
  FROM (SELECT site_id, day, views, visits FROM came
        UNION ALL SELECT site_id, day, -views, -visits FROM went) AS change
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, day) DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  INSERT INTO site_total AS t (site_id, views, visits)
  SELECT site_id, sum_up(views), sum_up(visits)
  FROM (SELECT site_id, views, visits FROM came
        UNION ALL SELECT site_id, -views, -visits FROM went) AS change
  GROUP BY 1 ORDER BY 1
  ON CONFLICT (site_id) DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  RETURN NULL;
END $$;

CREATE FUNCTION hourly_views_deleted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE daily_total AS t SET views = t.views - d.views, visits = t.visits - d.visits
  FROM (SELECT site_id, day, sum_up(views) AS views, sum_up(visits) AS visits FROM went
        GROUP BY 1, 2 ORDER BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.day = d.day;
  UPDATE site_total AS t SET views = t.views - d.views, visits = t.visits - d.visits
  FROM (SELECT site_id, sum_up(views) AS views, sum_up(visits) AS visits FROM went
        GROUP BY 1 ORDER BY 1) AS d
  WHERE t.site_id = d.site_id;
  RETURN NULL;
END $$;

CREATE FUNCTION page_views_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO page_total AS t (site_id, page, views, visits)
  SELECT site_id, page, sum_up(views), sum_up(visits) FROM came GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, page) DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  RETURN NULL;
END $$;

CREATE FUNCTION page_views_updated() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO page_total AS t (site_id, page, views, visits)
  SELECT site_id, page, sum_up(views), sum_up(visits)
  FROM (SELECT site_id, page, views, visits FROM came
        UNION ALL SELECT site_id, page, -views, -visits FROM went) AS change
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, page) DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  RETURN NULL;
END $$;

CREATE FUNCTION page_views_deleted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE page_total AS t SET views = t.views - d.views, visits = t.visits - d.visits
  FROM (SELECT site_id, page, sum_up(views) AS views, sum_up(visits) AS visits FROM went
        GROUP BY 1, 2 ORDER BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.page = d.page;
  RETURN NULL;
END $$;

-- Past totals that a changed row is part of are not used any more, from the same commit on, until they are summed up
-- anew. Rows of epoch 0 are removed details, which were part of all of them before. One delete a statement, which finds
-- nothing as long as today is counted.
CREATE FUNCTION past_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM past_day AS p
  USING (SELECT site_id, min(day) AS day FROM came WHERE epoch <> 0 GROUP BY 1) AS c
  WHERE p.site_id = c.site_id AND p.day >= c.day;
  RETURN NULL;
END $$;

CREATE FUNCTION votes_inserted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO rating_total AS t (site_id, page, one, two, three, four, five)
  SELECT site_id, page,
         count(*) FILTER (WHERE stars = 1), count(*) FILTER (WHERE stars = 2),
         count(*) FILTER (WHERE stars = 3), count(*) FILTER (WHERE stars = 4),
         count(*) FILTER (WHERE stars = 5)
  FROM came WHERE held IS NULL AND stars > 0 GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, page) DO UPDATE
  SET one = t.one + excluded.one, two = t.two + excluded.two, three = t.three + excluded.three,
      four = t.four + excluded.four, five = t.five + excluded.five;
  RETURN NULL;
END $$;

-- An upsert into rating_total would check the difference before adding it, and differences may be negative: so the row is
-- made first where it is missing, then changed.
CREATE FUNCTION votes_updated() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO rating_total (site_id, page, one, two, three, four, five)
  SELECT DISTINCT site_id, page, 0, 0, 0, 0, 0 FROM came ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
  PERFORM FROM rating_total WHERE (site_id, page) IN (SELECT site_id, page FROM came)
    ORDER BY site_id, page FOR UPDATE;
  UPDATE rating_total AS t
  SET one = t.one + d.one, two = t.two + d.two, three = t.three + d.three,
      four = t.four + d.four, five = t.five + d.five
  FROM (SELECT site_id, page,
               sum_up(n) FILTER (WHERE stars = 1) AS one, sum_up(n) FILTER (WHERE stars = 2) AS two,
               sum_up(n) FILTER (WHERE stars = 3) AS three, sum_up(n) FILTER (WHERE stars = 4) AS four,
               sum_up(n) FILTER (WHERE stars = 5) AS five
        FROM (SELECT site_id, page, stars, 1 AS n FROM came WHERE held IS NULL
              UNION ALL SELECT site_id, page, stars, -1 FROM went WHERE held IS NULL) AS changes
        GROUP BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.page = d.page;
  RETURN NULL;
END $$;

CREATE FUNCTION votes_deleted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM FROM rating_total WHERE (site_id, page) IN (SELECT site_id, page FROM went)
    ORDER BY site_id, page FOR UPDATE;
  UPDATE rating_total AS t
  SET one = t.one - d.one, two = t.two - d.two, three = t.three - d.three,
      four = t.four - d.four, five = t.five - d.five
  FROM (SELECT site_id, page,
               count(*) FILTER (WHERE stars = 1) AS one, count(*) FILTER (WHERE stars = 2) AS two,
               count(*) FILTER (WHERE stars = 3) AS three, count(*) FILTER (WHERE stars = 4) AS four,
               count(*) FILTER (WHERE stars = 5) AS five
        FROM went WHERE held IS NULL AND stars > 0 GROUP BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.page = d.page;
  RETURN NULL;
END $$;

CREATE TRIGGER hourly_views_inserted AFTER INSERT ON hourly_views REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT WHEN (current_setting('check_function_bodies') = 'on') EXECUTE FUNCTION hourly_views_inserted();
CREATE TRIGGER hourly_views_updated AFTER UPDATE ON hourly_views REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION hourly_views_updated();
CREATE TRIGGER hourly_views_deleted AFTER DELETE ON hourly_views REFERENCING OLD TABLE AS went
  FOR EACH STATEMENT EXECUTE FUNCTION hourly_views_deleted();

CREATE TRIGGER page_views_inserted AFTER INSERT ON page_views REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT WHEN (current_setting('check_function_bodies') = 'on') EXECUTE FUNCTION page_views_inserted();
CREATE TRIGGER page_views_updated AFTER UPDATE ON page_views REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION page_views_updated();
CREATE TRIGGER page_views_deleted AFTER DELETE ON page_views REFERENCING OLD TABLE AS went
  FOR EACH STATEMENT EXECUTE FUNCTION page_views_deleted();

CREATE TRIGGER past_inserted AFTER INSERT ON page_views REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT WHEN (current_setting('check_function_bodies') = 'on') EXECUTE FUNCTION past_changed();
CREATE TRIGGER past_updated AFTER UPDATE ON page_views REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION past_changed();

CREATE TRIGGER votes_inserted AFTER INSERT ON vote REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT WHEN (current_setting('check_function_bodies') = 'on') EXECUTE FUNCTION votes_inserted();
CREATE TRIGGER votes_updated AFTER UPDATE ON vote REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION votes_updated();
CREATE TRIGGER votes_deleted AFTER DELETE ON vote REFERENCING OLD TABLE AS went
  FOR EACH STATEMENT EXECUTE FUNCTION votes_deleted();

-- Sums every total up anew and returns how many were wrong. Whoever writes registers waits.
CREATE FUNCTION recount() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  wrong bigint := 0;
  found bigint;
BEGIN
  LOCK TABLE hourly_views, page_views, vote, site_total, daily_total, page_total, rating_total, past_day
    IN SHARE ROW EXCLUSIVE MODE;

  WITH right_sum AS (
    SELECT site_id, sum_up(views) AS views, sum_up(visits) AS visits FROM hourly_views GROUP BY 1),
  gone AS (
    DELETE FROM site_total AS t WHERE (views, visits) <> (0, 0) AND NOT EXISTS (
      SELECT FROM right_sum AS r WHERE r.site_id = t.site_id) RETURNING 1),
  mended AS (
    INSERT INTO site_total AS t SELECT * FROM right_sum
    ON CONFLICT (site_id) DO UPDATE SET views = excluded.views, visits = excluded.visits
    WHERE (t.views, t.visits) <> (excluded.views, excluded.visits) RETURNING 1)
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM mended) INTO found;
  wrong := wrong + found;

  WITH right_sum AS (
    SELECT site_id, day, sum_up(views) AS views, sum_up(visits) AS visits FROM hourly_views GROUP BY 1, 2),
  gone AS (
    DELETE FROM daily_total AS t WHERE (views, visits) <> (0, 0) AND NOT EXISTS (
      SELECT FROM right_sum AS r WHERE r.site_id = t.site_id AND r.day = t.day) RETURNING 1),
  mended AS (
    INSERT INTO daily_total AS t SELECT * FROM right_sum
    ON CONFLICT (site_id, day) DO UPDATE SET views = excluded.views, visits = excluded.visits
    WHERE (t.views, t.visits) <> (excluded.views, excluded.visits) RETURNING 1)
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM mended) INTO found;
  wrong := wrong + found;

  WITH right_sum AS (
    SELECT site_id, page, sum_up(views) AS views, sum_up(visits) AS visits FROM page_views GROUP BY 1, 2),
  gone AS (
    DELETE FROM page_total AS t WHERE (views, visits) <> (0, 0) AND NOT EXISTS (
      SELECT FROM right_sum AS r WHERE r.site_id = t.site_id AND r.page = t.page) RETURNING 1),
  mended AS (
    INSERT INTO page_total AS t SELECT * FROM right_sum
    ON CONFLICT (site_id, page) DO UPDATE SET views = excluded.views, visits = excluded.visits
    WHERE (t.views, t.visits) <> (excluded.views, excluded.visits) RETURNING 1)
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM mended) INTO found;
  wrong := wrong + found;

  -- A rating all of whose votes went becomes zeros.
  WITH right_sum AS (
    SELECT site_id, page,
           count(*) FILTER (WHERE stars = 1) AS one, count(*) FILTER (WHERE stars = 2) AS two,
           count(*) FILTER (WHERE stars = 3) AS three, count(*) FILTER (WHERE stars = 4) AS four,
           count(*) FILTER (WHERE stars = 5) AS five
    FROM (SELECT site_id, page, stars FROM vote WHERE held IS NULL
          UNION ALL SELECT site_id, page, 0 FROM rating_total) AS votes
    GROUP BY 1, 2),
  mended AS (
    INSERT INTO rating_total AS t SELECT * FROM right_sum
    ON CONFLICT (site_id, page) DO UPDATE
    SET one = excluded.one, two = excluded.two, three = excluded.three, four = excluded.four,
        five = excluded.five
    WHERE (t.one, t.two, t.three, t.four, t.five)
      <> (excluded.one, excluded.two, excluded.three, excluded.four, excluded.five) RETURNING 1)
  SELECT count(*) FROM mended INTO found;
  wrong := wrong + found;

  -- What pods keep of these sums is read anew; past totals are summed up within hours.
  DELETE FROM past_day;
  UPDATE site SET revision = revision;
  RETURN wrong;
END $$;

-- Removes what belongs to no site, as a restored database has it that does not know a newer site. How many rows. Never by
-- itself: in the middle of a restore, sites may be what is still to come.
CREATE FUNCTION sweep() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  swept bigint := 0;
  found bigint;
  its text;
BEGIN
  FOR its IN
    SELECT c.table_name FROM information_schema.columns AS c
    JOIN information_schema.tables AS t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND c.column_name = 'site_id' AND t.table_type = 'BASE TABLE' ORDER BY 1
  LOOP
    EXECUTE format('DELETE FROM %I AS t WHERE site_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM site WHERE id IN (t.site_id, t.site_id - 1073741824))', its);
    GET DIAGNOSTICS found = ROW_COUNT;
    swept := swept + found;
  END LOOP;
  RETURN swept;
END $$;
