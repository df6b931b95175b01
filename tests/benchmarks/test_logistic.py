"""What is fitted by benchmarks/logistic.py is what was put in."""

import numpy as np
import pytest

from benchmarks.logistic import auc, balanced_logistic


def test_a_fit_tells_two_classes_apart() -> None:
    rng = np.random.default_rng(0)
    y = np.repeat([0.0, 1.0], 50)
    x = rng.normal(size=(100, 3)) + np.outer(y, [3.0, 0.0, 0.0])
    bias, weights = balanced_logistic(x, y, 1.0)
    assert auc(bias + x @ weights, y) > 0.95
    assert weights[0] > 5 * abs(weights[1])


def test_more_columns_than_rows_can_be_fitted() -> None:
    rng = np.random.default_rng(0)
    y = np.repeat([0.0, 1.0], 10)
    x = rng.normal(size=(20, 200)) + 2 * np.outer(y, np.ones(200))
    bias, weights = balanced_logistic(x, y, 10.0)
    assert weights.shape == (200,)
    assert ((bias + x @ weights > 0) == (y == 1)).all()


def test_auc_counts_ties_half() -> None:
    assert auc(np.array([1.0, 2.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0, 1.0])) == pytest.approx(0.875)
