"""Does the confidence tell questions that the articles answer from those that they do not?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import mannwhitneyu

from retrieval.answers import Band

ANSWERED: Final = 0.9
"""The share of the answerable questions that are to be answered when refusals are counted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure an answer was, and what was said of it."""

    confidence: float
    band: Band


@dataclass(frozen=True, slots=True)
class Separation:
    """How well one sort of questions without an answer is told from the answerable ones.

    Attributes:
        auroc: how probable it is that an answerable question gets more confidence than one without an answer, the
            same confidence counting half.
        refused: share of those without an answer whose confidence is below the highest threshold that lets
            `ANSWERED` of the answerable pass.
    """

    auroc: float
    refused: float


def separation(answerable: Sequence[Verdict], negatives: Sequence[Verdict]) -> Separation:
    """How well these two are told apart; neither may be empty."""
    positive, negative = _confidences(answerable), _confidences(negatives)
    pairs = len(positive) * len(negative)
    above = mannwhitneyu(positive, negative, method="asymptotic").statistic
    # What may be refused is rounded down; the small number keeps 0.1 * 10 from becoming 0.
    threshold = positive[math.floor((1 - ANSWERED) * len(positive) + 1e-9)]
    return Separation(float(above) / pairs, float(np.mean(negative < threshold)))


def curve(answerable: Sequence[Verdict], negatives: Sequence[Verdict]) -> list[tuple[float, float]]:
    """For every threshold, ascending: the share of the answerable that pass, and of the negatives that do not."""
    positive, negative = _confidences(answerable), _confidences(negatives)
    thresholds = np.unique(np.concatenate([positive, negative, [0.0, math.nextafter(1.0, 2.0)]]))
    passing = 1 - np.searchsorted(positive, thresholds) / len(positive)
    refused = np.searchsorted(negative, thresholds) / len(negative)
    return list(zip(passing.tolist(), refused.tolist(), strict=True))


def bands(verdicts: Sequence[Verdict]) -> dict[Band, float]:
    """The share of each band."""
    return {band: sum(each.band is band for each in verdicts) / len(verdicts) for band in Band}


def _confidences(verdicts: Sequence[Verdict]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.sort(np.array([each.confidence for each in verdicts], dtype=np.float64))
