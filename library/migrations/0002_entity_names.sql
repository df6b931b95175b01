-- The names by which an entity is known again in another article.
CREATE TABLE entity_names (
    article_id TEXT NOT NULL REFERENCES entities ON DELETE CASCADE,
    type TEXT NOT NULL,
    name TEXT NOT NULL,  -- casefolded
    PRIMARY KEY (type, name, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_names_by_article ON entity_names (article_id);

-- Entities kept before have no names there: they are made anew when their article is next opened.
DELETE FROM entities;
