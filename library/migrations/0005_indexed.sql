-- Which articles a vector index holds as a whole. An index that is made anew has another name.
CREATE TABLE indexed (
    index_name TEXT NOT NULL,
    article_id TEXT NOT NULL,  -- of an article that may be gone: then it is to be taken out of the index
    paragraphs INTEGER NOT NULL,
    PRIMARY KEY (index_name, article_id)
) STRICT, WITHOUT ROWID;
