"""What leaves this machine, in words for the reader: nothing, unless an endpoint answers, or an index is shared."""

from typing import NamedTuple

from models.endpoint_settings import EndpointSettings
from models.index_settings import IndexSettings


class Leaving(NamedTuple):
    """Where text goes: for the line at the top of the app, and as a sentence; and what to do about it, if anything."""

    brief: str
    sentence: str
    advice: str | None = None


def leaving(endpoint: EndpointSettings) -> Leaving | None:
    """Say where questions and what they are about go; None where they stay in newsreader."""
    if not endpoint.url:
        return None
    what = "What you ask, and the text that it is asked about, goes to"
    if endpoint.on_this_machine:
        return Leaving(
            f"text leaves newsreader for {endpoint.host}",
            f"{what} {endpoint.host}. That is on this machine; whether it is handed on from there, nobody can tell.",
        )
    if endpoint.encrypted:
        return Leaving(
            f"text leaves this machine for {endpoint.host}", f"{what} {endpoint.host}: it leaves this machine."
        )
    return Leaving(
        f"text leaves this machine UNENCRYPTED for {endpoint.host}",
        f"{what} {endpoint.host}, unencrypted: it leaves this machine, and everybody on the way can read it.",
        "Set an address that begins with https:// as answer.endpoint.url.",
    )


def leaving_as_vectors(index: IndexSettings) -> Leaving | None:
    """Say where vectors of what is read and asked go; None where they stay in newsreader."""
    if not index.url:
        return None
    unencrypted = not (index.encrypted or index.on_this_machine)
    return Leaving(
        f"vectors go {'UNENCRYPTED ' if unencrypted else ''}to {index.host}",
        f"The index is on {index.host}: what is read and asked here goes there as vectors, which tell much of what the "
        f"text says{'; they are not encrypted, and everybody on the way can read them' if unencrypted else ''}.",
        "Set an address that begins with https:// as index.url." if unencrypted else None,
    )
