"""Where the vector index is, if not in a folder of this machine."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from models.server_settings import Secret, ServerSettings, server_address

HTTPS_PORT = 443
HTTP_PORT = 80


def _address(url: str) -> str:
    url = server_address(url)
    if urlsplit(url).path:
        raise ValueError("it is no address of a server alone")
    return url


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("it begins with the home of a user who is not known here") from error


class IndexSettings(ServerSettings):
    """A Chroma server on which the vector index is kept, so that several machines share it: table ``[index]``."""

    url: Annotated[str, AfterValidator(_address), Field(json_schema_extra={"format": "uri"})] = ""
    """Its address, such as ``https://chroma.example:8000``. Empty: the index is kept on this machine."""

    token: Secret = ""
    """What lets you in, if it asks for that."""

    token_header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")] = "Authorization"  # noqa: S105 -- it is none
    """The HTTP header that carries the token; ``Authorization`` carries it as ``Bearer``."""

    ca_file: Annotated[Path, AfterValidator(_expanded)] | None = None
    """The certificate of whoever vouches for the server, where that is nobody whom this machine knows."""

    tenant: str = "default_tenant"
    """The tenant of Chroma under which the index is kept."""

    database: str = "default_database"
    """The database of Chroma in which the index is kept."""

    @property
    def port(self) -> int:
        """The port that it is asked at."""
        return urlsplit(self.url).port or (HTTPS_PORT if self.encrypted else HTTP_PORT)
