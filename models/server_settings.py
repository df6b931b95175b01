"""What the servers have in common that a user can set: an address of http or https, and what it tells."""

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


def server_address(url: str) -> str:
    """Check the address of a server; it may be empty. Raises ``ValueError``."""
    url = url.strip().rstrip("/")
    parts = urlsplit(url)
    _ = parts.port  # raises ValueError where it is none
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or not plain):
        raise ValueError("it is no address of a server")
    if not all("!" <= letter <= "~" for letter in url):
        raise ValueError("it holds what does not belong into an address")
    return url


Secret = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[!-~]*$"),
    Field(repr=False, json_schema_extra={"format": "password"}),
]
"""What lets somebody in: it can be sent in a header, and is never shown."""


class ServerSettings(BaseModel):
    """A server at an address; none where that is empty."""

    model_config = ConfigDict(extra="forbid")

    url: str = ""
    """Its address."""

    @property
    def host(self) -> str:
        """The server's name, and its port where that is not the usual one."""
        return urlsplit(self.url).netloc

    @property
    def hostname(self) -> str:
        """The server's name alone."""
        return urlsplit(self.url).hostname or ""

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.url.startswith("https:")

    @property
    def on_this_machine(self) -> bool:
        """Whether its address is one of this machine itself."""
        try:
            return ipaddress.ip_address(self.hostname).is_loopback
        except ValueError:
            return self.hostname == "localhost" or self.hostname.endswith(".localhost")
