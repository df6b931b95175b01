"""What the probe of right answers is fitted to."""

import numpy as np

from benchmarks.answer_probe import Checked, cross_validated, fit


def answer(number: int, state: tuple[float, float], *, right: bool, answerable: bool = True) -> Checked:
    return Checked(id=f"q{number}", article=f"{number}.txt", answerable=answerable, right=right, state=[*state])


ANSWERS = [
    answer(n, (1.0 if n % 2 else -1.0, float(n % 3)), right=bool(n % 2), answerable=bool(n % 2)) for n in range(40)
]


def test_it_tells_right_answers_from_those_to_what_has_none() -> None:
    probe = fit(ANSWERS)
    assert probe.read(np.array([1.0, 1.0], dtype=np.float32)) > 0 > probe.read(np.array([-1.0, 1.0], dtype=np.float32))


def test_a_wrong_answer_where_there_is_one_teaches_nothing() -> None:
    wrong = [answer(n, (1.0, 9.0), right=False) for n in range(40, 60)]
    assert np.array_equal(fit([*ANSWERS, *wrong]).weights, fit(ANSWERS).weights)


def test_each_is_told_by_a_probe_that_has_not_seen_its_article() -> None:
    odds = cross_validated(ANSWERS)
    assert all((odds[n] > 0) == bool(n % 2) for n in range(40))
