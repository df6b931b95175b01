"""What leaves this machine, in words for the reader: nothing, unless an endpoint answers."""

from typing import NamedTuple

from models.endpoint_settings import EndpointSettings


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
