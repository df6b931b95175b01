-- What the reader has tagged articles with. All articles have a tag in the spelling in which it was first written.
CREATE TABLE tags (
    key TEXT NOT NULL,  -- without case and accents
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (key, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_article ON tags (article_id);
