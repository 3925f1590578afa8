"""Is one ranking better than another, or was it luck?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.stats import bootstrap, permutation_test

_SEED: Final = 20_230_424
_RESAMPLES: Final = 9_999
_BATCH: Final = 100  # resamples at a time: memory stays small with thousands of questions
_ENOUGH: Final = 2
CONFIDENCE: Final = 0.95
"""How sure the interval of a difference is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one ranking is than another on the same questions.

    Attributes:
        mean: of the differences, question by question; above 0 where the first is better.
        low: of the interval around it, by bootstrap, as sure as `CONFIDENCE`.
        high: of the same interval.
        p_value: how often a difference as large comes about when each question's two values are swapped at random.
    """

    mean: float
    low: float
    high: float
    p_value: float


def difference(first: Sequence[float], second: Sequence[float]) -> Difference | None:
    """The paired difference of two lists of values, question by question; None with fewer than two questions."""
    if len(first) < _ENOUGH:
        return None
    pairs = np.asarray(first), np.asarray(second)
    test = permutation_test(
        pairs,
        _mean_difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=_RESAMPLES,
        batch=_BATCH,
        rng=np.random.default_rng(_SEED),
    )
    interval = bootstrap(
        (pairs[0] - pairs[1],),
        np.mean,
        n_resamples=_RESAMPLES,
        batch=_BATCH,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Difference(float(test.statistic), float(interval.low), float(interval.high), float(test.pvalue))


def _mean_difference(first: Any, second: Any, axis: int = -1) -> Any:
    return np.mean(first, axis=axis) - np.mean(second, axis=axis)
