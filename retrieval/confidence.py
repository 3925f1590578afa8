"""Do we know enough to answer? A small logistic model over shares of the question, never over raw scores.

Raw BM25 scores do not compare between questions: they grow with the number and the rarity of the words. The share of
the question's weight that one paragraph holds does compare, in a corpus of five paragraphs as in one of 300,000. A
word weighs what finding it would tell (its idf); one that no article holds weighs most of all, unless it is in a
language that no article is in.

The coefficients were fitted by `python -m bot calibrate` on eight development sets (news and encyclopedia in English,
encyclopedia in Russian, Turkish and Portuguese), each cut down to several sizes, with questions that the articles
answer, as typed and misspelt, questions whose article was taken out, and questions of other sets; see
`retrieval.evaluation.calibration`.
"""

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from retrieval.answers import Band, Evidence, QuestionWord

_shares: Final = attrgetter(*(each.name for each in fields(Evidence)))


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: the odds are e to the power of the intercept and the weighted sum of the evidence.

    Attributes:
        intercept: of the sum.
        weights: of the attributes of `Evidence`, in their order.
    """

    intercept: float
    weights: tuple[float, ...]

    def probability(self, evidence: Evidence) -> float:
        """How likely it is that the paragraph answers, above 0 and below 1."""
        total = self.intercept + sum(
            weight * each for weight, each in zip(self.weights, _shares(evidence), strict=True)
        )
        return 1 / (1 + math.exp(-total))


FITTED: Final = Model(-2.46, (3.14, 3.03, 2.26, -1.52, -1.25, 1.35, -0.52))

FEWEST: Final = 10
MOST: Final = 4_000
"""Paragraphs: a smaller corpus is judged as if it had the fewest, a larger one as if it had the most.

More than `MOST` add hardly anything by chance: between 1,500 and 300,000 paragraphs the share of answered questions
that are `Band.FOUND` stays between .85 and .89, and of questions about something else between .07 and .14."""

FOUND_FROM: Final = 0.5
WEAK_FROM: Final = 0.15
"""Between the two, paraphrases that the articles answer and questions that they do not look alike."""


def confidence(evidence: Evidence | None, model: Model = FITTED) -> float:
    """How likely it is that the articles answer, 0 to 1; 0 without a paragraph that holds a word of the question."""
    return model.probability(evidence) if evidence and evidence.paragraph else 0.0


def band(sure: float) -> Band:
    """The band of an answer that is so likely to be one."""
    if sure >= FOUND_FROM:
        return Band.FOUND
    return Band.WEAK if sure >= WEAK_FROM else Band.NONE


def coverage(words: Sequence[QuestionWord], terms: AbstractSet[str]) -> float:
    """The share of the question's weight that these terms hold, 0 to 1; 0 without words.

    A year alone is no evidence: where a question has words, found numbers count only beside a found word.
    """
    if not terms:
        return 0.0
    shares = [word.share_in(terms) for word in words]
    found = [word for word, share in zip(words, shares, strict=True) if share]
    if all(word.form.isdecimal() for word in found) and not all(word.form.isdecimal() for word in words):
        return 0.0
    return _share(words, shares)


def share_unknown(words: Sequence[QuestionWord]) -> float:
    """The share of a question's weight whose words no article holds, nor anything like them, 0 to 1."""
    return _share(words, [float(not word.is_known) for word in words])


def share_of_names_missing(words: Sequence[QuestionWord], terms: AbstractSet[str]) -> float:
    """The share of the weight of the question's names and numbers that is not among some terms; 0 without names."""
    names = [word for word in words if word.text[:1].isupper() or word.text[:1].isdigit()]
    return _share(names, [1 - word.share_in(terms) for word in names])


def _share(words: Sequence[QuestionWord], shares: Sequence[float]) -> float:
    held = sum([word.weight * share for word, share in zip(words, shares, strict=True)])
    return held / (sum([word.weight for word in words]) or 1.0)
