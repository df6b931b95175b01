"""Logistic regression, as the fits of this folder need it."""

from typing import Final

import numpy as np
import numpy.typing as npt

STEPS: Final = 50
"""Newton's method has converged long before: it is ended when a step changes no weight by more than ``SETTLED``."""

SETTLED: Final = 1e-9
LEAST_RIDGE: Final = 1e-9
"""Without any, a column that does not vary would have no weight of its own."""

LEAST_SPREAD: Final = 1e-3
"""Of a column: one that hardly varies is not blown up."""

Matrix = npt.NDArray[np.float64]


def balanced_logistic(x: Matrix, y: Matrix, penalty: float) -> tuple[float, Matrix]:
    """Fit y (0 or 1) to x by a ridge on standardised columns, both classes weighing the same; give bias and weights.

    Solved in the space that the rows span, so that there may be many more columns than rows.
    """
    mean, scale = x.mean(axis=0), x.std(axis=0) + LEAST_SPREAD
    u, s, vt = np.linalg.svd((x - mean) / scale, full_matrices=False)
    design = np.column_stack([np.ones(len(x)), u * s])
    balance = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    ridge = np.diag([0.0, *[penalty + LEAST_RIDGE] * len(s)])
    beta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (balance * (y - p)) - ridge @ beta
        hessian = (design.T * (balance * p * (1 - p))) @ design + ridge
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < SETTLED:
            break
    weights: Matrix = vt.T @ beta[1:] / scale
    return float(beta[0] - weights @ mean), weights


def auc(score: Matrix, y: Matrix) -> float:
    """Give the chance that one of y = 1 scores higher than one of y = 0 (ties count half)."""
    above = score[y == 1][:, None] - score[y == 0][None, :]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())
