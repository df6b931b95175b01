import asyncio

import pytest

from library.fetching.addresses import check_public, is_public, named_private, web_address
from library.fetching.failures import FetchFailed


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1"),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense", ""),
    ],
)
def test_addresses_of_this_machine_and_its_network(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"])
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


def test_some_names_tell_that_they_are_private() -> None:
    for url in (
        "http://localhost:80/",
        "http://LOCALHOST.",
        "http://router.local/x",
        "http://nas/",
        "https://[::1]/",
        "http://10.0.0.1",
    ):
        assert named_private(url)
    for url in ("https://gazette.example/", "https://localhost.example", "https://1.1.1.1"):
        assert not named_private(url)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://gazette.example/rss", "https://gazette.example/rss"),
        ("gazette.example/rss", "https://gazette.example/rss"),
        ("feed://gazette.example/rss", "https://gazette.example/rss"),
        ("feed:http://gazette.example/rss", "http://gazette.example/rss"),
        (" https://gazette.example/\x1b[2J ", "https://gazette.example/"),
    ],
)
def test_an_address_is_taken_as_people_write_it(text: str, address: str) -> None:
    assert web_address(text) == address


def test_behind_a_proxy_only_names_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    asyncio.run(check_public("https://no-such-host.invalid/"))
    with pytest.raises(FetchFailed, match="--private"):
        asyncio.run(check_public("https://localhost/"))


def test_a_host_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(FetchFailed, match=r"no host no-such-host\.invalid"):
        asyncio.run(check_public("https://no-such-host.invalid/"))
