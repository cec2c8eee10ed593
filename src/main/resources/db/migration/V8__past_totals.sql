-- Any range of days from few rows: the totals of a site's pages as they were at the end of some past
-- days. A range that lies between two of them is their difference, and the rows of page_views of the
-- days at its ends. They replace the sums of months, of which a year took twelve rows a page.

DROP TRIGGER page_months_inserted ON page_views;
DROP TRIGGER page_months_updated ON page_views;
DROP FUNCTION page_months_changed();
DROP TABLE page_month;
DROP TABLE page_month_done;

-- The sum of a page's rows of page_views until a day's end. Counts only where past_day names the day.
CREATE TABLE past_total (
  site_id integer NOT NULL,
  day     date NOT NULL,
  page    bigint NOT NULL,
  views   bigint NOT NULL,
  visits  bigint NOT NULL,
  PRIMARY KEY (site_id, day, page) INCLUDE (views, visits)
) WITH (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000); -- read by its index alone

CREATE TABLE past_day (
  site_id integer NOT NULL,
  day     date NOT NULL,
  pages   bigint NOT NULL, -- rows of past_total
  PRIMARY KEY (site_id, day)
);

-- Past totals that a changed row is part of are not used any more, from the same commit on, until they
-- are summed up anew. Rows of epoch 0 are removed details, which were part of all of them before. One
-- delete a statement, which finds nothing as long as today is counted.
CREATE FUNCTION past_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM past_day AS p
  USING (SELECT site_id, min(day) AS day FROM changed WHERE epoch <> 0 GROUP BY 1) AS c
  WHERE p.site_id = c.site_id AND p.day >= c.day;
  RETURN NULL;
END $$;

CREATE TRIGGER past_inserted AFTER INSERT ON page_views
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION past_changed();
CREATE TRIGGER past_updated AFTER UPDATE ON page_views
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION past_changed();

-- sum() of bigint counts in numeric, which costs twice as much; this refuses what is beyond bigint.
CREATE AGGREGATE sum_up(bigint) (
  SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);

-- What a search looks through, in small letters once rather than for each search.
ALTER TABLE page ADD COLUMN searched text GENERATED ALWAYS AS (lower(path || E'\n' || coalesce(title, ''))) STORED;
