"""The hosts of addresses: who is behind them."""

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """Give the host of an address in one spelling; an empty text where there is none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of the same site, with ``www.`` before its name or without."""
    host = host_of(one).removeprefix("www.")
    return host != "" and host == host_of(other).removeprefix("www.")
