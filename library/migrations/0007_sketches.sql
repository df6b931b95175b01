-- By what copies of an article are recognised. Articles kept before have none: only what comes from now on is compared.
CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketches_by_article ON sketches (article_id);
