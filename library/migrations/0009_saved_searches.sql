-- Searches that stand in the tree of the library, as they are typed.
CREATE TABLE saved_searches (
    name TEXT PRIMARY KEY,
    line TEXT NOT NULL
) STRICT, WITHOUT ROWID;
