"""The recogniser with its real model, where that is installed."""

from collections.abc import Callable

import pytest

from entities.recognise import Recogniser
from models.article import Article
from models.entity import Entity
from models.settings import Settings

MODEL_DIR = Settings().models_dir / "en-core-web-md"
"""Where the user has the model; read before a test gets a home of its own."""


@pytest.fixture(scope="session")
def recogniser(request: pytest.FixtureRequest) -> Recogniser:
    if not MODEL_DIR.is_dir():
        reason = f"the model that finds names is not in {MODEL_DIR}; newsreader models pull fetches it"
        if request.config.getoption("--require-real"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Recogniser.load(MODEL_DIR)


@pytest.fixture
def recognise(recogniser: Recogniser) -> Callable[..., dict[str, Entity]]:
    """Give the entities of an article of these paragraphs, by name; every span is checked against the text."""

    def of(*paragraphs: str, headline: str = "A day in the port") -> dict[str, Entity]:
        article = Article.build(headline, list(paragraphs), origin="test")
        entities = recogniser.recognise(article)
        for entity in entities:
            for span in (*entity.mentions, *entity.statements):
                assert article.text(span.paragraph)[span.start : span.end] == span.text
        names = [entity.name for entity in entities]
        assert len(names) == len(set(names))
        return {entity.name: entity for entity in entities}

    return of
