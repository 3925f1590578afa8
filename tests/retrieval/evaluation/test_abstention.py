"""How well confidences part questions with an answer from those without."""

import pytest

from retrieval import Band
from retrieval.evaluation import Verdict, bands, curve, separation


def verdicts(*confidences: float, band: Band = Band.FOUND) -> list[Verdict]:
    """Verdicts with these confidences."""
    return [Verdict(confidence, band) for confidence in confidences]


@pytest.mark.parametrize(
    ("answerable", "negatives", "auroc"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1),
        ([0.1, 0.2], [0.9, 0.8], 0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.4], [0.5, 0.4], 0.625),  # pairs: won, won, lost, drawn
    ],
)
def test_auroc_is_the_share_of_pairs_in_the_right_order(
    answerable: list[float], negatives: list[float], auroc: float
) -> None:
    """A draw is half a pair."""
    assert separation(verdicts(*answerable), verdicts(*negatives)).auroc == pytest.approx(auroc)


def test_refusals_are_counted_at_the_threshold_that_nine_in_ten_pass() -> None:
    """Of ten, one may fail: the threshold is the second lowest, and what equals it passes."""
    answerable = verdicts(0.1, 0.3, *[0.9] * 8)
    assert separation(answerable, verdicts(0.05, 0.2, 0.3, 0.95)).refused == 0.5
    assert separation(answerable[:9], verdicts(0.05, 0.2, 0.3, 0.95)).refused == 0.25  # none of nine may fail


def test_the_curve_leads_from_answering_all_to_refusing_all() -> None:
    """At every threshold that makes a difference."""
    assert curve(verdicts(0.4, 1.0), verdicts(0.2, 0.4)) == [(1, 0), (1, 0), (1, 0.5), (0.5, 1), (0, 1)]


def test_shares_of_the_bands_sum_up() -> None:
    """Each band has one, also where nothing is in it."""
    found = bands([*verdicts(0.9), *verdicts(0.1, 0.1, 0.1, band=Band.NONE)])
    assert found == {Band.FOUND: 0.25, Band.WEAK: 0, Band.NONE: 0.75}
