import pytest

from rag.numbers import numbers, stated_numbers


@pytest.mark.parametrize("text", ["1.4m people", "1.4 million people", "1,400,000 people"])
def test_magnitudes_make_no_difference(text: str) -> None:
    assert 1_400_000 in numbers(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty-five years", {25}),
        ("two million", {2_000_000}),
        ("$169,758 in July 2015", {169_758, 2015}),
        ("16% or sixteen percent", {16}),
        ("the 1990s", {1990}),
        ("the third bridge", {3}),
        ("B52 and A4", set()),
    ],
)
def test_values(text: str, expected: set[float]) -> None:
    assert numbers(text) == expected


def test_one_of_them_states_no_number_but_a_digit_does() -> None:
    assert stated_numbers("one of the members") == set()
    assert stated_numbers("1 member of 12") == {1, 12}
