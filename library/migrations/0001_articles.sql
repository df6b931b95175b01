CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    headline TEXT NOT NULL,
    published TEXT,  -- YYYY-MM-DD
    url TEXT,
    origin TEXT NOT NULL,
    notices TEXT NOT NULL,  -- JSON
    added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
) STRICT, WITHOUT ROWID;

CREATE TABLE paragraphs (
    rowid INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    number INTEGER NOT NULL,
    words INTEGER NOT NULL AS (length(text) - length(replace(text, ' ', '')) + 1) STORED,
    text TEXT NOT NULL,
    UNIQUE (article_id, number)
) STRICT;
CREATE INDEX paragraph_lengths ON paragraphs (article_id, words);

-- What the full-text index reads: a paragraph of news does not stand alone, so it is found by its headline, too.
CREATE VIEW searchable AS
SELECT paragraphs.rowid, headline, text
FROM paragraphs JOIN articles ON articles.id = article_id;

CREATE VIRTUAL TABLE full_text USING fts5 (
    headline, text,
    content = 'searchable',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE full_text_words USING fts5vocab (full_text, instance);

CREATE TABLE entities (
    article_id TEXT PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    version TEXT NOT NULL,  -- of what recognised them
    entities TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    article_id TEXT REFERENCES articles ON DELETE CASCADE,  -- null: asked about the library
    question TEXT NOT NULL,
    answer TEXT NOT NULL,  -- JSON
    asked_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
) STRICT;
CREATE INDEX answers_by_article ON answers (article_id);
