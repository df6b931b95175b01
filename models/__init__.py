"""The types that every floor speaks: articles, entities, questions, answers and settings."""
