"""Do we know enough to answer? A share of the question, found in ONE passage; never a raw score.

Raw BM25 scores do not compare between questions: they grow with the number and the rarity of the words. The share of
the question's weight that one passage holds does compare. A word weighs what finding it would tell (its idf); a
word that no article holds weighs most of all.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from retrieval.index import Index
from retrieval.model import Band, QuestionWord
from retrieval.okapi import positive_idf

FOUND_ABOVE: Final = 0.5
WEAK_FROM: Final = 0.2
"""Between the two, paraphrases that the articles answer and questions that they do not look alike."""


def weights(words: Sequence[QuestionWord], index: Index) -> list[float]:
    """What each word of a question weighs, in nats: the idf of the rarest of its known terms."""
    return [
        positive_idf(min(filter(None, map(index.document_frequency, word.terms)), default=0), len(index))
        for word in words
    ]


def coverage(words: Sequence[QuestionWord], weight: Sequence[float], found: AbstractSet[str]) -> float:
    """The share of the question's weight whose words are among the terms ``found``, 0 to 1; 0 without words.

    A year alone is no evidence: where a question has words, found numbers count only beside a found word.
    """
    held = [(word, each) for word, each in zip(words, weight, strict=True) if not found.isdisjoint(word.terms)]
    if all(word.text.isdecimal() for word, _ in held) and not all(word.text.isdecimal() for word in words):
        return 0.0
    return sum(each for _, each in held) / sum(weight) if held else 0.0


def band(best_coverage: float) -> Band:
    """The band of an answer whose best passage covers this share of the question."""
    if best_coverage > FOUND_ABOVE:
        return Band.FOUND
    return Band.WEAK if best_coverage >= WEAK_FROM else Band.NONE
