"""The hosts of addresses: who is behind them."""

from typing import Final
from urllib.parse import urlsplit

_WEB_PORTS: Final = (None, 80, 443)


def host_of(address: str) -> str:
    """Give the host of an address in one spelling; an empty text where there is none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def site_of(address: str) -> str:
    """Give the host of an address without the ``www.`` before its name; an empty text where there is none."""
    return host_of(address).removeprefix("www.")


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of the same site, with ``www.`` before its name or without."""
    return site_of(one) == site_of(other) != ""


def door_of(address: str) -> str:
    """Give what consent to an address is about: its host, and its port, unless that is one of the web.

    Behind other ports of the same machine, other programs listen.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    return host_of(address) if port in _WEB_PORTS else f"{host_of(address)}:{port}"
