-- Put by to be read later; and the paragraph that the reader has got to.
ALTER TABLE reading_states ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reading_states ADD COLUMN paragraph INTEGER NOT NULL DEFAULT 0;
