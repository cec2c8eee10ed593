-- What every pod must know of a site's opening balances without asking for each number. Both are set
-- by the transaction that changes a balance; its update of the row also grows the revision.

ALTER TABLE site
  ADD COLUMN baseline_since   timestamptz, -- first entry; null while no balance is in force
  ADD COLUMN rating_baselines boolean NOT NULL DEFAULT false;

CREATE INDEX baseline_entry_page ON baseline_entry (site_id, page, id);

ALTER TABLE baseline_entry ADD COLUMN import_id bigint; -- null: entered by itself
