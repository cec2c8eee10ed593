-- What the next version may do to tables while pods of this one serve: add to them. See UpgradeIT.
ALTER TABLE page ADD COLUMN to_come text;
ALTER TABLE hourly_views ADD COLUMN to_come bigint NOT NULL DEFAULT 0;
ALTER TABLE page_views ADD COLUMN to_come bigint NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN to_come jsonb;
CREATE TABLE to_come (site_id integer NOT NULL, day date NOT NULL, PRIMARY KEY (site_id, day));
CREATE INDEX page_views_to_come ON page_views (site_id, page, day);
UPDATE site SET rules = rules || '{"settingToCome": 5}';
