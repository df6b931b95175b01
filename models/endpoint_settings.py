"""The server that answers, if not a model on this machine."""

from typing import Annotated

from pydantic import AfterValidator, Field

from models.server_settings import Secret, ServerSettings, server_address


class EndpointSettings(ServerSettings):
    """An OpenAI-compatible server that answers in the place of a model on this machine: table ``[answer.endpoint]``."""

    url: Annotated[str, AfterValidator(server_address), Field(json_schema_extra={"format": "uri"})] = ""
    """Address of its API, such as ``http://localhost:8080/v1``. Empty: none; a model on this machine answers."""

    model: str = ""
    """What the server calls the model. Empty: the first that it lists."""

    api_key: Secret = ""
    """The key that the server wants, if any."""

    timeout_s: Annotated[float, Field(gt=0, le=3600)] = 180
    """Seconds without a word after which the server is given up; without a graphics card, it reads for a minute."""
