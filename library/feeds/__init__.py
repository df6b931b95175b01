"""Feeds: read in every format they come in, turned into articles, and kept in step with their servers."""
