"""From how certain a model says it is to how often it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fit_line(certainty: NDArray[np.float64], right: NDArray[np.bool_], rounds: int = 50) -> tuple[float, ...]:
    """Return intercept and slopes of the logistic curve from log odds to the share that is right (Platt 1999).

    Parameters
    ----------
    certainty : ndarray
        Log odds that the model gives, shape (n,), or (n, k) where it gives several, each of which gets a slope.
    right : ndarray
        Whether each proved right, shape (n,), bool.
    rounds : int
        Steps of Newton's method.
    """
    rows = np.column_stack([np.ones(len(certainty)), certainty])
    line = np.zeros(rows.shape[1])
    for _ in range(rounds):
        shares = 1 / (1 + np.exp(-rows @ line))
        slope = rows.T @ (right - shares)
        curve = (rows * (shares * (1 - shares))[:, None]).T @ rows + 1e-6 * np.eye(len(line))
        line += np.linalg.solve(curve, slope)
    return tuple(line.tolist())
