"""The settings that are measured: those of the user, without servers."""

from models.endpoint_settings import EndpointSettings
from models.index_settings import IndexSettings
from models.settings import Settings


def measured_settings() -> Settings:
    """Give the settings of this machine as they are, but with nothing sent to a server: figures are this machine's."""
    settings = Settings()
    answer = settings.answer.model_copy(update={"endpoint": EndpointSettings()})
    return settings.model_copy(update={"answer": answer, "index": IndexSettings()})
