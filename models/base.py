"""The base of all value types."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value: safe to share between threads and to use as a key."""

    model_config = ConfigDict(frozen=True, extra="forbid")
