"""What can go wrong with a request, as its sender should be told."""


class ModelUnusable(Exception):
    """A model file is there but can't be used."""


class NoSuchArticle(Exception):
    """A question is about an article that the library does not hold."""


class IndexNotHeld(Exception):
    """Something was to be kept in the vector index, which can't be had."""


class IndexFailed(Exception):
    """The vector index could not do what it was asked for. The message is Chroma's own, for the log."""


class EndpointFailed(Exception):
    """The server that is to answer does not. The message says what to do."""
