-- Votes, and the ratings they add up to.
--
-- A vote is a register: one row per voter and page, of which the highest revision wins. rating_total
-- is kept exact by the triggers below in the transaction that changes a vote.

-- What signs voter tokens. The newest key signs, all of them verify.
CREATE TABLE token_key (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  secret     bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE vote (
  id         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  site_id    integer NOT NULL,
  page       bigint NOT NULL,
  voter      uuid NOT NULL,
  stars      smallint NOT NULL CHECK (stars BETWEEN 0 AND 5), -- 0: withdrawn
  held       text,                                            -- why it is kept apart and not counted
  revision   bigint NOT NULL,                                 -- microseconds of Unix time, growing
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, page, voter)
);

CREATE INDEX vote_changed ON vote (site_id, changed_at);

-- How many votes give how many stars. version grows with every change.
CREATE TABLE rating_total (
  site_id integer NOT NULL,
  page    bigint NOT NULL,
  one     bigint NOT NULL CHECK (one >= 0),
  two     bigint NOT NULL CHECK (two >= 0),
  three   bigint NOT NULL CHECK (three >= 0),
  four    bigint NOT NULL CHECK (four >= 0),
  five    bigint NOT NULL CHECK (five >= 0),
  version bigint NOT NULL,
  PRIMARY KEY (site_id, page)
) WITH (fillfactor = 50);

-- Rows that come count +1 and rows that go -1. Pages are sorted, so that two flushes lock them in the
-- same order; a page that nothing changes for is left alone.
CREATE FUNCTION votes_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rating_total AS t (site_id, page, one, two, three, four, five, version)
  SELECT site_id, page,
         count(*) FILTER (WHERE stars = 1), count(*) FILTER (WHERE stars = 2),
         count(*) FILTER (WHERE stars = 3), count(*) FILTER (WHERE stars = 4),
         count(*) FILTER (WHERE stars = 5), 1
  FROM came WHERE held IS NULL AND stars > 0 GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (site_id, page) DO UPDATE
  SET one = t.one + excluded.one, two = t.two + excluded.two, three = t.three + excluded.three,
      four = t.four + excluded.four, five = t.five + excluded.five, version = t.version + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER votes_inserted AFTER INSERT ON vote
  REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION votes_inserted();

-- An upsert into rating_total would check the difference before adding it, and differences may be
-- negative: so the row is made first where it is missing, then changed.
CREATE FUNCTION votes_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rating_total (site_id, page, one, two, three, four, five, version)
  SELECT DISTINCT site_id, page, 0, 0, 0, 0, 0, 0 FROM came ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
  PERFORM FROM rating_total WHERE (site_id, page) IN (SELECT site_id, page FROM came)
    ORDER BY site_id, page FOR UPDATE;
  UPDATE rating_total AS t
  SET one = t.one + d.one, two = t.two + d.two, three = t.three + d.three,
      four = t.four + d.four, five = t.five + d.five, version = t.version + 1
  FROM (SELECT site_id, page,
               coalesce(sum(n) FILTER (WHERE stars = 1), 0) AS one,
               coalesce(sum(n) FILTER (WHERE stars = 2), 0) AS two,
               coalesce(sum(n) FILTER (WHERE stars = 3), 0) AS three,
               coalesce(sum(n) FILTER (WHERE stars = 4), 0) AS four,
               coalesce(sum(n) FILTER (WHERE stars = 5), 0) AS five
        FROM (SELECT site_id, page, stars, 1 AS n FROM came WHERE held IS NULL
              UNION ALL SELECT site_id, page, stars, -1 FROM went WHERE held IS NULL) AS changes
        GROUP BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.page = d.page;
  RETURN NULL;
END $$;

CREATE TRIGGER votes_updated AFTER UPDATE ON vote
  REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION votes_updated();

CREATE FUNCTION votes_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM rating_total WHERE (site_id, page) IN (SELECT site_id, page FROM went)
    ORDER BY site_id, page FOR UPDATE;
  UPDATE rating_total AS t
  SET one = t.one - d.one, two = t.two - d.two, three = t.three - d.three,
      four = t.four - d.four, five = t.five - d.five, version = t.version + 1
  FROM (SELECT site_id, page,
               count(*) FILTER (WHERE stars = 1) AS one, count(*) FILTER (WHERE stars = 2) AS two,
               count(*) FILTER (WHERE stars = 3) AS three, count(*) FILTER (WHERE stars = 4) AS four,
               count(*) FILTER (WHERE stars = 5) AS five
        FROM went WHERE held IS NULL AND stars > 0 GROUP BY 1, 2) AS d
  WHERE t.site_id = d.site_id AND t.page = d.page;
  RETURN NULL;
END $$;

CREATE TRIGGER votes_deleted AFTER DELETE ON vote
  REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION votes_deleted();
