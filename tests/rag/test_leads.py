"""What of an article says what it is about."""

import pytest

from models.article import Article
from rag.leads import telling

FERRY, BUS = "The ferry stops on Friday.", 'A bus will go, "every hour."'
NOTICE = "We use the details you have shared to manage your registration."


def told(*texts: str) -> list[str]:
    article = Article.build("Headline", list(texts), origin="a.txt")
    return [paragraph.text for paragraph in telling(article, {NOTICE})]


@pytest.mark.parametrize(
    "text",
    ["AP", "Irena Nowak", "Harbour board meets again", "►Read: the timetable of the ferry", "Read more.", NOTICE],
)
def test_who_wrote_it_headings_links_and_furniture_tell_nothing(text: str) -> None:
    assert told(text, FERRY, text, BUS) == [FERRY, BUS]


def test_where_nothing_tells_anything_all_of_it_must_do() -> None:
    assert told("Ferries", NOTICE) == ["Ferries", NOTICE]


@pytest.mark.parametrize("text", ["Who will pay for it all?", "It will cost 3 million … ", "“We can't pay that.”"])
def test_sentences_tell_however_they_end(text: str) -> None:
    assert told(text) == [text]
