-- In how many paragraphs a word stands, and how often, without going through all of them.
CREATE VIRTUAL TABLE full_text_terms USING fts5vocab (full_text, col);
CREATE INDEX articles_by_day ON articles (published);
