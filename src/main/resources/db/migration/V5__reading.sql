-- What owners read: months of pages summed up, details kept for a while, votes judged.

-- The rows of page_views of one month, summed by page. Counts only where page_month_done says so.
CREATE TABLE page_month (
  site_id integer NOT NULL,
  month   date NOT NULL, -- its first day
  page    bigint NOT NULL,
  views   bigint NOT NULL,
  visits  bigint NOT NULL,
  PRIMARY KEY (site_id, month, page) INCLUDE (views, visits)
);

CREATE TABLE page_month_done (
  site_id integer NOT NULL,
  month   date NOT NULL,
  PRIMARY KEY (site_id, month)
);

-- A month whose rows change after it was summed up counts by its rows again, from the same commit on.
-- Rows of epoch 0 are removed details, see below. One delete a statement, which finds nothing as long as the current month is counted.
CREATE FUNCTION page_months_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM page_month_done AS d
  USING (SELECT site_id, min(day) AS day FROM changed WHERE epoch <> 0 GROUP BY 1) AS c
  WHERE d.site_id = c.site_id AND d.month > c.day - 31;
  RETURN NULL;
END $$;

CREATE TRIGGER page_months_inserted AFTER INSERT ON page_views
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION page_months_changed();
CREATE TRIGGER page_months_updated AFTER UPDATE ON page_views
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION page_months_changed();

-- Since when the numbers by page, hour and referrer of a site are kept. What was removed is summed up
-- in rows of epoch 0, so that totals stay the sum of their rows: of a page on the day 1970-01-01, of
-- the hours of a day in its first one.
CREATE TABLE detail_kept (
  site_id   integer PRIMARY KEY,
  kept_from date NOT NULL
);

-- Rows that go are taken from the totals; a total that is gone already, with its site, stays gone.
CREATE FUNCTION page_views_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE page_total AS t SET views = t.views - d.views, visits = t.visits - d.visits
  FROM (SELECT site_id, page, sum(views) AS views, sum(visits) AS visits FROM went
        GROUP BY 1, 2 ORDER BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.page = d.page;
  RETURN NULL;
END $$;

CREATE TRIGGER page_views_deleted AFTER DELETE ON page_views
  REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION page_views_deleted();

CREATE FUNCTION hourly_views_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE daily_total AS t SET views = t.views - d.views, visits = t.visits - d.visits
  FROM (SELECT site_id, day, sum(views) AS views, sum(visits) AS visits FROM went
        GROUP BY 1, 2 ORDER BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.day = d.day;
  UPDATE site_total AS t SET views = t.views - d.views, visits = t.visits - d.visits
  FROM (SELECT site_id, sum(views) AS views, sum(visits) AS visits FROM went
        GROUP BY 1 ORDER BY 1) AS d
  WHERE t.site_id = d.site_id;
  RETURN NULL;
END $$;

CREATE TRIGGER hourly_views_deleted AFTER DELETE ON hourly_views
  REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION hourly_views_deleted();

-- Lists of pages and votes, in the orders that owners ask for.
CREATE INDEX page_seen ON page (site_id, first_seen, page);
CREATE INDEX vote_newest ON vote (site_id, changed_at, id);
DROP INDEX vote_changed;
CREATE INDEX vote_held ON vote (site_id, changed_at, id) WHERE held IS NOT NULL;

-- Who judged which vote, when and why. Only ever added to. A vote that was removed has held = 'removed'.
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
