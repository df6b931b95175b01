-- The reader wants to find the article again.
ALTER TABLE reading_states ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
