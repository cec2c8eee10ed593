-- Hits of robots by hour, visits by the page they began on, views by the host they came from. All of
-- them registers: merged by maximum, summed over epochs.

-- Robots are no part of any total.
ALTER TABLE hourly_views ADD COLUMN bots bigint NOT NULL DEFAULT 0 CHECK (bots >= 0);

ALTER TABLE page_views ADD COLUMN visits bigint NOT NULL DEFAULT 0 CHECK (visits >= 0);
ALTER TABLE page_total ADD COLUMN visits bigint NOT NULL DEFAULT 0;

CREATE TABLE referrer_views (
  site_id integer NOT NULL,
  day     date NOT NULL,
  host    text NOT NULL CHECK (length(host) <= 253), -- or ~other
  epoch   bigint NOT NULL,
  views   bigint NOT NULL CHECK (views >= 0),
  PRIMARY KEY (site_id, day, host, epoch)
);

CREATE OR REPLACE FUNCTION page_views_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO page_total AS t (site_id, page, views, visits)
  SELECT site_id, page, sum(views), sum(visits) FROM inserted GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, page)
  DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION page_views_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO page_total AS t (site_id, page, views, visits)
  SELECT site_id, page, sum(views), sum(visits)
  FROM (SELECT site_id, page, views, visits FROM after_update
        UNION ALL SELECT site_id, page, -views, -visits FROM before_update) AS change
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, page)
  DO UPDATE SET views = t.views + excluded.views, visits = t.visits + excluded.visits;
  RETURN NULL;
END $$;
