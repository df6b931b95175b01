"""What can go wrong with a request, as its sender should be told."""


class ModelUnusable(Exception):
    """A model file is there but can't be used."""


class NoSuchArticle(Exception):
    """A question is about an article that the library does not hold."""
