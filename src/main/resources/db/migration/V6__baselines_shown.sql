-- Which import an opening balance came by.

CREATE INDEX baseline_entry_page ON baseline_entry (site_id, page, id);

ALTER TABLE baseline_entry ADD COLUMN import_id bigint; -- null: entered by itself
