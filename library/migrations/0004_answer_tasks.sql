-- What was to be done: a question answered, or the article summarised.
ALTER TABLE answers ADD COLUMN task TEXT NOT NULL DEFAULT 'answer';
