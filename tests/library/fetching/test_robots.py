import asyncio

import pytest

from library.fetching.failures import FetchFailed
from library.fetching.fetcher import Fetcher
from library.fetching.robots import Robots
from tests.web_server import Reply, WebServer

RULES = "User-agent: *\nDisallow: /private\n\nUser-agent: newsreader\nDisallow: /members\nCrawl-delay: 3\n"


def allowed(server: WebServer, *paths: str) -> list[bool]:
    async def run() -> list[bool]:
        async with Fetcher() as fetcher:
            robots = Robots(fetcher)
            answers = []
            for path in paths:
                try:
                    await robots.check(server.site + path, consent=server.site)
                    answers.append(True)
                except FetchFailed as error:
                    answers.append(not error.lasting)
            return answers

    return asyncio.run(run())


def test_the_rules_for_us_are_kept_and_asked_for_once(server: WebServer) -> None:
    server.pages["/robots.txt"] = Reply(RULES)
    assert allowed(server, "/news", "/members/1") == [True, False]
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "reply", [Reply(status=404), Reply(status=403), Reply(status=400), Reply(b"\x89PNG\0\0"), Reply("<html>nothing")]
)
def test_a_site_without_rules_allows_everything(server: WebServer, reply: Reply) -> None:
    server.pages["/robots.txt"] = reply
    assert allowed(server, "/news") == [True]


def test_where_the_rules_can_not_be_had_nothing_is_fetched_and_nobody_asked_again(server: WebServer) -> None:
    server.pages["/robots.txt"] = Reply(status=500)

    async def run() -> None:
        async with Fetcher() as fetcher:
            robots = Robots(fetcher)
            for path in ("/news", "/sport"):
                with pytest.raises(FetchFailed, match="error") as caught:
                    await robots.check(server.site + path, consent=server.site)
                assert not caught.value.lasting

    asyncio.run(run())
    assert server.paths == ["/robots.txt"]


def test_of_endless_rules_the_beginning_is_read(server: WebServer) -> None:
    rules = "User-agent: *\nDisallow: /private\n"
    server.pages["/robots.txt"] = Reply(rules + f"Disallow: /{'é' * 50}\n" * 10_000)
    assert allowed(server, "/news", "/private") == [True, False]


@pytest.mark.parametrize(
    "line",
    [
        *("Crawl-delay: \N{SUPERSCRIPT TWO}", "Request-rate: \N{SUPERSCRIPT TWO}/3", "Disallow: //[", "Allow: //["),
        *(f"Crawl-delay: {'9' * 5000}", f"Crawl-delay: {'9' * 400}"),
    ],
)
def test_a_line_that_is_broken_is_passed_over(server: WebServer, line: str) -> None:
    server.pages["/robots.txt"] = Reply(f"User-agent: *\n{line}\nDisallow: /private\n{line}\n")
    assert allowed(server, "/news", "/private") == [True, False]


def test_an_address_that_the_rules_can_not_be_asked_about_is_not_fetched(server: WebServer) -> None:
    server.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /private")
    odd = server.site.replace("://", "://user%5B@")

    async def run() -> None:
        async with Fetcher() as fetcher:
            await Robots(fetcher).check(f"{odd}/news", consent=server.site)

    with pytest.raises(FetchFailed, match="no address of the web"):
        asyncio.run(run())
