"""Where the vector index is, if not in a folder of this machine."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

HTTPS_PORT = 443
HTTP_PORT = 80


def _address(url: str) -> str:
    """Check the address of a server; it may be empty."""
    url = url.strip().rstrip("/")
    parts = urlsplit(url)
    _ = parts.port  # raises ValueError where it is none
    plain = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or not plain):
        raise ValueError("it is no address of a server")
    return url


class IndexSettings(BaseModel):
    """A Chroma server on which the vector index is kept, so that several machines share it: table ``[index]``."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    url: Annotated[str, AfterValidator(_address), Field(json_schema_extra={"format": "uri"})] = ""
    """Its address, such as ``https://chroma.example:8000``. Empty: the index is kept on this machine."""

    token: Annotated[
        str,
        StringConstraints(strip_whitespace=True, pattern=r"^[!-~]*$"),
        Field(repr=False, json_schema_extra={"format": "password"}),
    ] = ""
    """What lets you in, if it asks for that."""

    token_header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")] = "Authorization"  # noqa: S105 -- it is none
    """The HTTP header that carries the token; ``Authorization`` carries it as ``Bearer``."""

    ca_file: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    """The certificate of whoever vouches for the server, where that is nobody whom this machine knows."""

    tenant: str = "default_tenant"
    """The tenant of Chroma under which the index is kept."""

    database: str = "default_database"
    """The database of Chroma in which the index is kept."""

    @property
    def host(self) -> str:
        """The server's name, and its port where that is not the usual one."""
        return urlsplit(self.url).netloc

    @property
    def hostname(self) -> str:
        """The server's name alone."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port that it is asked at."""
        return urlsplit(self.url).port or (HTTPS_PORT if self.encrypted else HTTP_PORT)

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.url.startswith("https:")
