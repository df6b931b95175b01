from library.feeds.discovery import OFFERS_LIMIT, Offer, offered_feeds

PAGE = """<!doctype html><head>
<link rel="stylesheet" href="/style.css" type="text/css">
<link rel="alternate" type="application/rss+xml" title="All \x1b[2Jnews" href="/rss">
<link rel="Alternate home" type="Application/Atom+XML" href="https://gazette.example/atom">
<link rel="alternate" type="application/feed+json" title="Again" href="/rss">
<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">
<link rel="alternate" type="text/html" href="/mobile">
</head><body>Hello."""


def test_the_feeds_that_a_page_offers_are_found() -> None:
    assert offered_feeds(PAGE, "https://gazette.example/news") == [
        Offer("https://gazette.example/rss", "All news"),
        Offer("https://gazette.example/atom", ""),
    ]


def test_not_all_of_a_thousand_are_told() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(1000))
    assert len(offered_feeds(f"<html><head>{links}", "https://gazette.example/")) == OFFERS_LIMIT
    assert offered_feeds("", "https://gazette.example/") == []
