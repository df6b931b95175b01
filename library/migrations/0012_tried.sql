-- When a feed was last asked, whatever came of it.
ALTER TABLE feeds ADD COLUMN tried_at TEXT;
UPDATE feeds SET tried_at = fetched_at;
