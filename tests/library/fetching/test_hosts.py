import pytest

from library.fetching.hosts import door_of, host_of, same_site


def test_the_host_of_an_address() -> None:
    assert host_of("https://user@Gazette.EXAMPLE.:443/x") == "gazette.example"
    assert host_of("http://[") == ""


def test_a_site_is_the_same_with_www_and_without() -> None:
    assert same_site("https://www.gazette.example/rss", "http://gazette.example/ferry")
    assert not same_site("https://gazette.example/", "https://gazette.example.post.example/")
    assert not same_site("http://[", "http://[")


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("http://nas/feed", "nas"),
        ("https://NAS:443/", "nas"),
        ("http://nas:8080/", "nas:8080"),
        ("http://nas:99999/", ""),
    ],
)
def test_consent_is_about_a_host_and_a_port(address: str, door: str) -> None:
    assert door_of(address) == door
