"""Which of the best paragraphs have words that look like the question's? Character 4-grams under BM25.

Stems miss what belongs together ("Armenia" and "Armenian", Turkish compounds, a misspelt name); overlapping letters
do not. Only the best paragraphs by words are compared: retrieving by dozens of grams would cost more than all else.
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np

from retrieval.bm25 import K1, idf, saturation
from retrieval.collection import Floats, Paragraphs, Reading
from retrieval.transliteration import bare

_LETTERS: Final = 4


@lru_cache(maxsize=1 << 16)
def grams(form: str) -> tuple[str, ...]:
    """The 4-grams of a word in plain letters with its edges marked, and the whole word as one more."""
    edged = f"_{bare(form) or form}_"
    parts = tuple(edged[at : at + _LETTERS] for at in range(max(1, len(edged) - _LETTERS + 1)))
    return (*parts, edged) if len(edged) > _LETTERS else parts


@lru_cache(maxsize=1 << 16)
def distinct_grams(form: str) -> frozenset[str]:
    """The same, each once."""
    return frozenset(grams(form))


class Likeness:
    """What the 4-grams of a question's words weigh among some paragraphs.

    Args:
        asked: word forms of the question, each counted.
        paragraphs: all of the collection.
    """

    def __init__(self, asked: Iterable[str], paragraphs: Paragraphs) -> None:
        self._counts = Counter(gram for form in asked for gram in grams(form))
        self._grams = list(self._counts)
        frequencies = paragraphs.gram_frequencies(self._grams)
        self._weights = idf(frequencies, len(paragraphs)) * np.array([*self._counts.values()], dtype=np.float64)
        self._known = frequencies > 0

    @property
    def most(self) -> float:
        """What no paragraph's score reaches: every gram saturated, those too that no paragraph holds."""
        return (K1 + 1) * math.fsum(self._weights.tolist())

    def scores(self, reading: Reading) -> Floats:
        """What they score in each of the paragraphs that were read."""
        known = [gram for gram, held in zip(self._grams, self._known.tolist(), strict=True) if held]
        if not known:
            return np.zeros(len(reading.norms))
        frequencies = reading.gram_counts(known)
        scores: Floats = saturation(frequencies, reading.gram_norms[:, None]) @ self._weights[self._known]
        return scores
