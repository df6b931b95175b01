-- An article that a newer version has replaced is kept, but neither listed nor searched.
ALTER TABLE articles ADD COLUMN replaced_by TEXT REFERENCES articles ON DELETE CASCADE;
-- Feeds alone have brought it; nobody has added it by hand.
ALTER TABLE articles ADD COLUMN by_feed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX replaced_articles ON articles (replaced_by);
CREATE INDEX articles_by_url ON articles (url);
DROP VIEW searchable;
CREATE VIEW searchable AS
SELECT paragraphs.rowid, headline, text
FROM paragraphs JOIN articles ON articles.id = article_id
WHERE replaced_by IS NULL;

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- people type it: it must not become another feed's
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    home TEXT,
    folder TEXT NOT NULL,  -- JSON: its names, from the outermost in
    categories TEXT NOT NULL,  -- JSON
    full_text INTEGER NOT NULL,
    private INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    fetched_at TEXT,
    retry_at TEXT,
    error TEXT
) STRICT;

-- Which article came from which entry of a feed: always its newest version.
CREATE TABLE entries (
    feed_id INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,  -- of what the feed said when the article was made, and what became of the page
    article_id TEXT REFERENCES articles ON DELETE CASCADE,  -- null: there was nothing to read
    own INTEGER NOT NULL,  -- the article says what this entry does; else it is a fuller one of the same address
    authentic INTEGER NOT NULL,  -- what it says is from its address, or from a feed of the same site
    PRIMARY KEY (feed_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_article ON entries (article_id);

-- No row: nothing has been done with the article yet.
CREATE TABLE reading_states (
    article_id TEXT PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    read INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The numbers of the articles that were listed last: what `newsreader open 3` means.
CREATE TABLE listed (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE
) STRICT;
CREATE INDEX listed_by_article ON listed (article_id);
