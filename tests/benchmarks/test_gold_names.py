"""The project's own gold names and statements must stand in their articles."""

import re

from benchmarks.entities import FOLDERS, NAMES
from benchmarks.name_scoring import GoldEntities, GoldStatements
from benchmarks.question_sets import read_lines
from library.reader import read_article

PAUSE = " … "
"""Stands in a statement for the words around its cue: "I object," she said. "I do."."""

ARTICLES = {file.name: read_article(file) for folder in FOLDERS for file in folder.glob("*.txt")}
ENTITIES = {line.article: line.entities for line in read_lines(NAMES / "entities.jsonl", GoldEntities)}
STATEMENTS = {line.article: line.statements for line in read_lines(NAMES / "statements.jsonl", GoldStatements)}


def test_every_article_has_its_names_and_statements() -> None:
    assert set(ENTITIES) == set(STATEMENTS) == set(ARTICLES)


def test_every_form_of_a_name_occurs() -> None:
    for name, entities in ENTITIES.items():
        article = ARTICLES[name]
        text = "\n".join([article.headline, *(paragraph.text for paragraph in article.paragraphs)])
        for form in (form for entity in entities for form in entity.aliases):
            assert re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE), (name, form)


def test_no_name_stands_twice() -> None:
    for name, entities in ENTITIES.items():
        forms = [form for entity in entities for form in entity.forms]
        assert len(set(forms)) == len(forms), name


def test_statements_stand_word_for_word_and_are_by_known_entities() -> None:
    for name, statements in STATEMENTS.items():
        known = {entity.name for entity in ENTITIES[name]} | {None}
        for statement in statements:
            text = ARTICLES[name].text(statement.paragraph)
            assert all(part in text for part in statement.content.split(PAUSE))
            assert statement.source in text
            assert statement.speaker in known
