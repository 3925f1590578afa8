"""A difference is more than luck, or it is not."""

import pytest

from retrieval.evaluation.significance import difference


def test_a_difference_on_every_question_is_no_luck() -> None:
    """Of the 2^12 ways to swap, two are as extreme."""
    found = difference([1.0] * 12, [0.5] * 12)
    assert found is not None
    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)
    assert found.p_value == pytest.approx(2 / 2**12)


def test_no_difference_is_no_evidence() -> None:
    """Also where there is nothing to swap."""
    found = difference([0.5, 1.0, 0.0], [0.5, 1.0, 0.0])
    assert found is not None
    assert (found.mean, found.low, found.high, found.p_value) == (0, 0, 0, 1)


def test_luck_looks_like_luck_and_the_same_every_time() -> None:
    """Wins and losses in turn; the first ranking is behind by a little."""
    first, second = [1.0, 0.0] * 50 + [0.0], [0.0, 1.0] * 50 + [1.0]
    found = difference(first, second)
    assert found is not None
    assert found.mean == pytest.approx(-1 / 101)
    assert found.low < 0 < found.high
    assert found.p_value > 0.5
    assert found == difference(first, second)


def test_one_question_proves_nothing() -> None:
    """There is no interval around it."""
    assert difference([1.0], [0.0]) is None
