-- How often a feed could not be had, the last times in a row: one that fails again and again is asked less often.
ALTER TABLE feeds ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
UPDATE feeds SET failures = 1 WHERE error IS NOT NULL;
