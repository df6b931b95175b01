-- What the news of some days was about. A brief is kept while it is being made, and goes on from there.
CREATE TABLE briefs (
    made_at TEXT PRIMARY KEY,
    brief TEXT NOT NULL
) STRICT;
