"""Why something could not be fetched, in plain words."""

from datetime import datetime


class FetchFailed(Exception):
    """There is nothing to be had from an address. The message says why, to stand after the address and a colon.

    ``lasting``: trying again soon is of no use. ``retry_at``: when the server wants to be asked again, not earlier.
    ``unreached``: nobody has answered; it may be we who are cut off.
    """

    def __init__(
        self, reason: str, *, lasting: bool = False, retry_at: datetime | None = None, unreached: bool = False
    ) -> None:
        super().__init__(reason)
        self.lasting = lasting
        self.retry_at = retry_at
        self.unreached = unreached


class NotPublic(FetchFailed):
    """An address is on this machine or in its network, and the user has not consented to that."""

    def __init__(self) -> None:
        super().__init__(
            "it is on this machine or in its network, and is fetched only with your consent (add --private)",
            lasting=True,
        )
