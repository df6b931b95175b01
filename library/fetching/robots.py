"""Respects what sites ask of programs that fetch their pages (robots.txt, RFC 9309)."""

import asyncio
from collections import defaultdict
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from library.decoding import NotText, decode
from library.fetching.failures import FetchFailed
from library.fetching.fetcher import AGENT, Fetcher
from library.fetching.politeness import LONGEST_PAUSE_S

SIZE: Final = 512 * 1024
"""Bytes of a robots.txt that are read, from its beginning: the least that the RFC asks for is a little less."""


class Robots:
    """Knows the rules of sites, each of which is asked once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, RobotFileParser | FetchFailed] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str, *, consent: str | None = None) -> None:
        """Raise ``FetchFailed`` where a site does not want a page to be fetched by programs, or can't tell."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._asking[site]:
            if site not in self._rules:
                self._rules[site] = await self._ask(site, consent)
        rules = self._rules[site]
        if isinstance(rules, FetchFailed):
            raise FetchFailed(str(rules), lasting=rules.lasting, retry_at=rules.retry_at)
        try:
            allowed = rules.can_fetch(AGENT, url)
        except ValueError as error:  # it does not bear every address
            raise FetchFailed("it is no address of the web", lasting=True) from error
        if not allowed:
            raise FetchFailed("its site asks programs not to fetch it (robots.txt)", lasting=True)
        if pause := rules.crawl_delay(AGENT):
            self._fetcher.politeness.slow_down(parts.netloc, min(int(pause), LONGEST_PAUSE_S))

    async def _ask(self, site: str, consent: str | None) -> RobotFileParser | FetchFailed:
        try:
            fetched = await self._fetcher.fetch(f"{site}/robots.txt", consent=consent, limit=SIZE, cut_off=True)
            data = fetched.data or b""
            whole = data if len(data) < SIZE else data[: data.rfind(b"\n") + 1]
            text = decode(whole, fetched.charset).text
        except FetchFailed as error:
            if not error.lasting:  # the site may have rules: it could not be asked
                return error
            text = ""
        except NotText:
            text = ""
        lines = text.splitlines()
        try:
            return _rules(lines)
        except ValueError:
            return _rules([line for line in lines if _is_sound(line)])


def _rules(lines: list[str]) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(lines)
    return rules


def _is_sound(line: str) -> bool:
    """Tell whether a line can be read. By the RFC, the others are passed over; the parser fails on them."""
    try:
        _rules([f"User-agent: {AGENT}", line])
    except ValueError:
        return False
    return True
