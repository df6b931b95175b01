"""Which addresses may be fetched: those of the web, and those of this machine and its network only by consent.

Otherwise a feed, or a list of feeds from somebody else, could make newsreader ask the user's router or another
program on this machine, which trust whoever is near.
"""

import asyncio
import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from library.cleaning import one_line
from library.fetching.failures import FetchFailed, NotPublic

LONGEST_ADDRESS: Final = 4096
"""Characters of an address; servers take 8000 at the most."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")

_LOCAL_ENDINGS: Final = (".localhost", ".localdomain", ".local", ".internal", ".lan", ".home.arpa")


def web_address(text: str) -> str:
    """Give the address in ``text``, which may lack ``https://``. Raises ``FetchFailed``."""
    address = one_line(text)
    if "://" not in address and not address.startswith(("feed:", "javascript:", "data:", "mailto:")):
        address = f"https://{address}"
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "feed":
        address = rest if rest.startswith(("http://", "https://")) else f"https:{rest}"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchFailed("it is no address of the web", lasting=True) from error
    if parts.scheme not in ("http", "https"):
        raise FetchFailed(f"only http and https are fetched, not {parts.scheme or 'this'}", lasting=True)
    if not host or " " in address or len(address) > LONGEST_ADDRESS:
        raise FetchFailed("it is no address of the web", lasting=True)
    return address


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the internet at large, in whatever form it is wrapped."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if inner := ip.ipv4_mapped or ip.sixtofour:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def named_private(address: str) -> bool:
    """Tell by its host alone whether an address is on this machine or in its network; most names don't tell."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)
    return not is_public(host)


def proxied(address: str) -> bool:
    """Tell whether the environment wants an address to be fetched by way of a proxy, which resolves its host."""
    parts = urlsplit(address)
    proxies = getproxies()
    return (parts.scheme in proxies or "all" in proxies) and not proxy_bypass(parts.hostname or "")


async def check_public(address: str) -> None:
    """Raise ``NotPublic`` where an address is on this machine or in its network; ``FetchFailed`` if none is there."""
    if named_private(address):
        raise NotPublic
    if proxied(address):
        return
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"there is no host {host}, or no connection to the internet", unreached=True) from error
    if not all(is_public(str(place[0])) for *_, place in found):
        raise NotPublic


async def is_near(address: str) -> bool:
    """Tell whether an address is on this machine or in its network: only there is consent about anything."""
    try:
        await check_public(address)
    except NotPublic:
        return True
    except FetchFailed:
        pass
    return False
