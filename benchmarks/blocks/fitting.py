"""Logistic regression on sparse rows, in plain Python: AdaGrad (Duchi, Hazan and Singer, JMLR 2011) with a quadratic penalty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, sqrt

Row = Mapping[str, float]

_ROUNDS = 12
_STEP = 0.25
_PENALTY = 1.0


def fit(rows: Sequence[tuple[Row, float, float]]) -> dict[str, float]:
    """Return the weight of each column, given rows of (columns, label 0 or 1, weight); the same for the same rows in the same order.

    Rows are visited in a fixed shuffled order; the weights of the second half of the rounds are averaged, which calms the steps.
    """
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    mean: dict[str, float] = {}
    order = [place * 7919 % len(rows) for place in range(len(rows))] if len(rows) % 7919 else list(range(len(rows)))
    decay = _PENALTY / max(1, len(rows))
    for turn in range(_ROUNDS):
        for place in order:
            _learn(*rows[place], weights, squares, decay)
        if turn >= _ROUNDS // 2:
            for name, value in weights.items():
                mean[name] = mean.get(name, 0.0) + value
    return {name: value / (_ROUNDS - _ROUNDS // 2) for name, value in mean.items()}


def _learn(row: Row, label: float, weight: float, weights: dict[str, float], squares: dict[str, float], decay: float) -> None:
    score = sum([weights.get(name, 0.0) * value for name, value in row.items()])
    error = weight * (1.0 / (1.0 + exp(-max(-30.0, min(30.0, score)))) - label)
    if abs(error) < 1e-4:
        return
    for name, value in row.items():
        old = weights.get(name, 0.0)
        slope = error * value + decay * old
        square = squares[name] = squares.get(name, 1e-6) + slope * slope
        weights[name] = old - _STEP * slope / sqrt(square)
