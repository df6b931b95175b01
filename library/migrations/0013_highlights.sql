-- The paragraphs that the reader has highlighted. One that a newer version does not have stays with the older one.
CREATE TABLE highlights (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    paragraph INTEGER NOT NULL,
    PRIMARY KEY (article_id, paragraph)
) STRICT, WITHOUT ROWID;
