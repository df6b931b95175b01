"""Where articles come from and where they are kept: readers for each format, and the SQLite store."""
