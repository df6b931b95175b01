"""The base of all value types."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value: safe to share between threads and to use as a key."""

    # Built when the first one is made: of the many types that are imported, a program that starts makes two.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
