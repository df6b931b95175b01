"""What a search has found, cut to its place with the matches in sight."""

from tui.excerpts import Excerpt

TEXT = "The board met. " * 20 + "The ferry to Hollin Island will stop on Friday. " + "More follows later. " * 20
FERRY = (TEXT.index("ferry"), TEXT.index("ferry") + 5)


def test_the_first_match_is_in_sight_and_told_from_the_rest() -> None:
    rows = Excerpt(3, TEXT, (FERRY,)).rows(30, 2)
    assert len(rows) == 2
    assert [text for row in rows for text, lit in row if lit] == ["ferry"]
    whole = "".join(text for row in rows for text, _ in row)
    assert whole.startswith("…")
    assert whole.strip("…") in TEXT
    assert all(sum(len(text) for text, _ in row) <= 31 for row in rows)  # a space may stand at the end


def test_a_short_paragraph_is_shown_whole_and_matches_at_its_ends_count() -> None:
    assert Excerpt(1, "ferry to ferry", ((0, 5), (9, 14))).rows(40, 2) == [
        [("ferry", True), (" to ", False), ("ferry", True)]
    ]


def test_without_a_match_it_begins_at_the_beginning() -> None:
    [row] = Excerpt(1, TEXT).rows(20, 1)
    assert "".join(text for text, _ in row).startswith("The board met.")


def test_no_width_is_too_small() -> None:
    assert Excerpt(1, TEXT, (FERRY,)).rows(1, 1)
