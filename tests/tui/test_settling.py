"""Sentences that pass while others are being written, and what is said to have become of them."""

from typing import Any

import pytest

from models.article import Article
from tests.tui.conftest import OpenApp, answered, ask, citation, ready, seen, wait_until
from tests.tui.test_asking import BUS, asked, scripted


def settled(article: Article, written: int) -> dict[str, Any]:
    promised = {"text": "Nowak promised a bus.", "citations": [0]}
    bus = citation(article, 2, "a bus over the causeway")
    return {"kind": "settled", "sentences": [promised], "citations": [bus], "written": written}


WRITTEN = "Nowak promised a bus. "
CHANGED = (
    "Looked closer, and answered anew.",
    "What was written at first did not hold.",
    "What was beside the point is left out.",
    "Looked closer, and answered a part anew.",
)
BUS_PROMISED, MET, PAYS = "Nowak promised a bus.", "The board met.", "The board pays."


async def test_a_sentence_that_has_passed_stands_with_its_citation_before_the_rest(
    open_app: OpenApp, article: Article
) -> None:
    events = [
        {"kind": "token", "text": f"{WRITTEN}She and"},
        settled(article, len(WRITTEN)),
        {"kind": "token", "text": " the board"},
        {"hang": True},
    ]
    async with open_app(article, script=scripted(article, *events)).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: "▏ She and the board" in seen(pilot), "the rest")
        assert "Nowak promised a bus. [2]" in seen(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "■ Stopped. What stands behind ▏ is not checked." in seen(pilot), "the stop")
        await pilot.press("escape", "c")
        await wait_until(pilot, lambda: screen.article.cited == (BUS,), "the citation")
        assert "Nowak promised a bus. [2]" in seen(pilot)


@pytest.mark.parametrize(
    ("stood", "final", "said"),
    [
        ([[BUS_PROMISED]], [BUS_PROMISED], None),
        ([[BUS_PROMISED]], [BUS_PROMISED, MET], None),
        ([[BUS_PROMISED]], [MET], CHANGED[0]),
        ([[BUS_PROMISED], [MET]], [MET], CHANGED[0]),
        ([[BUS_PROMISED], [BUS_PROMISED, MET]], [BUS_PROMISED], CHANGED[2]),
        ([[BUS_PROMISED, MET]], [BUS_PROMISED, PAYS], CHANGED[3]),
        ([[BUS_PROMISED]], [], CHANGED[1]),
    ],
    ids=["all stands", "more was said", "another", "another stood", "left out", "completed", "declined"],
)
async def test_what_became_of_what_had_passed_is_said(
    open_app: OpenApp, article: Article, stood: list[list[str]], final: list[str], said: str | None
) -> None:
    def sentences(texts: list[str]) -> list[dict[str, Any]]:
        return [{"text": text, "citations": [0]} for text in texts]

    passed = [settled(article, len(WRITTEN)) | {"sentences": sentences(texts)} for texts in stood]
    last = answered([citation(article, 4, "meet again on Monday")], *sentences(final or ["The article does not say."]))
    last["answer"]["abstained"] = not final
    events = [{"kind": "token", "text": f"{WRITTEN}She"}, *passed, last]
    async with open_app(article, script=scripted(article, *events)).run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        text = seen(pilot)
        assert [words for words in CHANGED if words in text] == ([said] if said else [])
        assert [words for words in (BUS_PROMISED, MET, PAYS) if words in text] == final
