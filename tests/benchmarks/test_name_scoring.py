from typing import Any

import pytest

from benchmarks.name_scoring import (
    Found,
    FoundEntity,
    GoldEntities,
    GoldStatement,
    GoldStatements,
    Share,
    Tally,
    score_entities,
    score_statements,
)
from models.entity import EntityType

NOWAK = {"name": "Irena Nowak", "type": "PERSON", "aliases": ["Nowak"]}
BOARD = {"name": "Harbour Board", "type": "ORG", "aliases": ["board"]}
HOLLIN = {"name": "Hollin", "type": "PLACE"}


def gold(*entities: dict[str, Any]) -> list[GoldEntities]:
    return [GoldEntities.model_validate({"article": "ferry.txt", "entities": entities})]


def found(*entities: dict[str, Any]) -> dict[str, Found]:
    return {"ferry.txt": Found.model_validate({"article": "ferry.txt", "entities": entities})}


def said(speaker: dict[str, Any], text: str, paragraph: int = 1) -> dict[str, Any]:
    return speaker | {"statements": [{"paragraph": paragraph, "text": text}]}


def statements(*lines: dict[str, Any]) -> list[GoldStatements]:
    return [GoldStatements(article="ferry.txt", statements=tuple(GoldStatement.model_validate(s) for s in lines))]


def test_all_found_is_perfect() -> None:
    score = score_entities(gold(NOWAK, BOARD, HOLLIN), found(HOLLIN, NOWAK, BOARD))
    assert (score.all.f1, score.problems) == (1.0, [])


@pytest.mark.parametrize("form", ["the Nowak", "NOWAK", "Nowak’s", "Mrs. Nowak"])
def test_a_shared_form_is_enough_whatever_its_dress(form: str) -> None:
    score = score_entities(gold(NOWAK), found({"name": form, "type": "PERSON"}))
    assert score.by_type[EntityType.PERSON] == Tally(right=1)


def test_another_type_is_wrong_and_leaves_it_missed() -> None:
    score = score_entities(gold(NOWAK), found(NOWAK | {"type": "ORG"}))
    assert score.by_type[EntityType.PERSON] == Tally(missed=1)
    assert score.by_type[EntityType.ORG] == Tally(wrong=1)
    assert score.problems == ["ferry.txt: missed PERSON Irena Nowak", "ferry.txt: wrong ORG Irena Nowak"]


def test_an_entity_that_is_split_in_two_costs() -> None:
    halves = [{"name": "Irena Nowak", "type": "PERSON"}, {"name": "Nowak", "type": "PERSON"}]
    assert score_entities(gold(NOWAK), found(*halves)).all == Tally(right=1, wrong=1)


def test_two_that_are_taken_for_one_cost() -> None:
    other = {"name": "Jan Nowak", "type": "PERSON", "aliases": ["Nowak"]}
    both = {"name": "Irena Nowak", "type": "PERSON", "aliases": ["Jan Nowak", "Nowak"]}
    assert score_entities(gold(NOWAK, other), found(both)).all == Tally(right=1, missed=1)


def test_a_speaker_without_a_name_is_no_entity() -> None:
    assert score_entities(gold(), found({"name": "a campaign official", "type": "SPEAKER"})).all == Tally()


def test_an_article_that_is_not_there_is_missed() -> None:
    assert score_entities(gold(NOWAK, HOLLIN), {}).all == Tally(missed=2)


TEXT = "the ferry will stop on Friday"
BY_NOWAK = {"paragraph": 1, "source": "Nowak", "content": TEXT}


def test_a_statement_is_found_with_its_speaker() -> None:
    score = score_statements(statements(BY_NOWAK), gold(NOWAK), found(said(NOWAK, TEXT)))
    assert score.shares == {"found": Share(1, 1), "precision": Share(1, 1), "speaker": Share(1, 1)}


def test_half_of_the_words_will_do_in_the_same_paragraph() -> None:
    assert score_statements(statements(BY_NOWAK), [], found(said(NOWAK, "stop on Friday"))).found == Share(1, 1)
    assert score_statements(statements(BY_NOWAK), [], found(said(NOWAK, "on Friday"))).found == Share(1, 1)
    assert score_statements(statements(BY_NOWAK), [], found(said(NOWAK, "Friday"))).found == Share(0, 1)
    assert score_statements(statements(BY_NOWAK), [], found(said(NOWAK, TEXT, paragraph=2))).found == Share(0, 1)


def test_a_wrong_speaker_is_told() -> None:
    score = score_statements(statements(BY_NOWAK), gold(NOWAK, BOARD), found(said(BOARD, TEXT)))
    assert (score.found, score.speaker) == (Share(1, 1), Share(0, 1))
    assert score.problems == [f"ferry.txt [1] Nowak: {TEXT!r}: given to Harbour Board"]


def test_who_is_meant_by_a_pronoun_can_be_given() -> None:
    by_her = {"paragraph": 1, "source": "she", "content": TEXT}
    entities = gold(NOWAK, BOARD)
    assert score_statements(statements(by_her), entities, found(said(BOARD, TEXT))).speaker == Share(0, 0)
    told = statements(by_her | {"speaker": "Irena Nowak"})
    assert score_statements(told, entities, found(said(BOARD, TEXT))).speaker == Share(0, 1)
    assert score_statements(told, entities, found(said(NOWAK, TEXT))).speaker == Share(1, 1)


def test_a_short_statement_need_not_be_found_but_is_no_error() -> None:
    short = statements({"paragraph": 1, "source": "Nowak", "content": "Never again."})
    score = score_statements(short, gold(NOWAK), found(said(NOWAK, "Never again.")))
    assert (score.found, score.precision) == (Share(0, 0), Share(1, 1))


def test_what_nobody_said_costs_precision() -> None:
    score = score_statements(statements(BY_NOWAK), gold(NOWAK), found(said(BOARD, "rain fell on the quay all day")))
    assert (score.found, score.precision) == (Share(0, 1), Share(0, 1))
    assert score.problems == [f"ferry.txt [1] Nowak: {TEXT!r}: not found"]


def test_figures() -> None:
    tally = Tally(right=6, wrong=2, missed=4)
    assert (tally.precision, tally.recall) == (0.75, 0.6)
    assert tally.f1 == pytest.approx(2 / (1 / 0.75 + 1 / 0.6))
    assert (Tally().precision, Tally().recall, Tally().f1) == (0, 0, 0)


def test_an_entity_as_newsreader_prints_it_is_read() -> None:
    line = (
        '{"article": "ferry.txt", "entities": [{"name": "Nowak", "type": "PERSON", "aliases": [], "role": "mayor", '
        '"mentions": [{"paragraph": 1, "start": 0, "end": 5, "text": "Nowak"}], "statements": '
        '[{"paragraph": 1, "start": 6, "end": 9, "text": "So.", "cue": "said"}]}]}'
    )
    [entity] = Found.model_validate_json(line).entities
    assert isinstance(entity, FoundEntity)
    assert entity.statements[0].text == "So."
