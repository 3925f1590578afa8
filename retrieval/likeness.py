"""Which of the best paragraphs have words that look like the question's? Character 4-grams under BM25.

Stems miss what belongs together ("Armenia" and "Armenian", Turkish compounds, a misspelt name); overlapping letters
do not. Only the best paragraphs by words are compared, from their words in the vocabulary: an inverted index over
4-grams would be several times as large as all else, and reading it as slow.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import K1, idf, length_norms, saturation
from retrieval.transliteration import bare
from retrieval.vocabulary import Reading, Vocabulary

_LETTERS: Final = 4
_Floats = NDArray[np.float64]


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
    """The 4-grams of a vocabulary. Never changed once built.

    How many paragraphs hold a gram is not counted but estimated from the words that hold it, as if words were spread
    independently of each other: N (1 - product of (1 - df / N)).

    Args:
        vocabulary: of all paragraphs.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._numbers: dict[str, int] = {}
        spelt = [
            [self._numbers.setdefault(gram, len(self._numbers)) for gram in grams(word.form)]
            for word in vocabulary.forms
        ]
        self._grams = np.fromiter((number for each in spelt for number in each), dtype=np.int32)
        self._bounds = np.concatenate(([0], np.cumsum([len(each) for each in spelt], dtype=np.int64)))
        by_gram = np.argsort(self._grams, kind="stable")
        self._holders = np.repeat(np.arange(len(spelt), dtype=np.int32), np.diff(self._bounds))[by_gram]
        self._held_from: list[int] = np.searchsorted(self._grams[by_gram], np.arange(len(self._numbers) + 1)).tolist()
        self._idf = self._estimated_idf()
        self._weights: list[float] = self._idf.tolist()
        self._norms = length_norms(vocabulary.totals(np.diff(self._bounds)))  # lengths counted in grams

    def scores(self, asked: Iterable[str], ordinals: Sequence[int], reading: Reading) -> _Floats:
        """What the 4-grams of the question's word forms score in some paragraphs.

        Args:
            asked: word forms, each counted.
            ordinals: of the paragraphs.
            reading: their words.
        """
        known = (self._numbers.get(gram) for form in asked for gram in grams(form))
        wanted = Counter(number for number in known if number is not None)
        if not wanted or not len(reading.forms):
            return np.zeros(len(ordinals))
        numbers = np.fromiter(wanted, dtype=np.int32)
        weights = self._idf[numbers] * np.fromiter(wanted.values(), dtype=np.float64)
        frequencies = self._frequencies(numbers, len(ordinals), reading)
        scores: _Floats = saturation(frequencies, self._norms[list(ordinals), None]) @ weights
        return scores

    def most(self, asked: Iterable[str]) -> float:
        """What no paragraph's score for these word forms reaches: every gram of them saturated."""
        unknown = float(idf(0, len(self._norms)))
        found = (self._numbers.get(gram) for form in asked for gram in grams(form))
        return (K1 + 1) * math.fsum(unknown if number is None else self._weights[number] for number in found)

    def _frequencies(self, numbers: NDArray[np.int32], paragraphs: int, reading: Reading) -> _Floats:
        """How often each wanted gram stands in each of the paragraphs; one row a paragraph."""
        column = np.full(len(self._numbers), -1, dtype=np.int32)
        column[numbers] = np.arange(len(numbers), dtype=np.int32)
        holds_one = np.zeros(len(self._vocabulary.forms), dtype=bool)  # most words hold none of the grams
        for number in numbers.tolist():
            holds_one[self._holders[self._held_from[number] : self._held_from[number + 1]]] = True
        kept = holds_one[reading.forms]
        forms, owners = reading.forms[kept], reading.owners[kept]
        starts = self._bounds[forms]
        lengths = self._bounds[forms + 1] - starts
        places = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        columns = column[self._grams[places]]
        held = columns >= 0
        cells = np.repeat(owners, lengths)[held] * len(numbers) + columns[held]
        return np.bincount(cells, minlength=paragraphs * len(numbers)).reshape(paragraphs, -1).astype(np.float64)

    def _estimated_idf(self) -> _Floats:
        size = max(len(self._vocabulary.lengths), 1)
        # A word in every paragraph must not make the logarithm infinite.
        absent = np.log1p(-np.minimum(self._vocabulary.paragraph_frequencies() / size, 1 - 0.5 / size))
        widths = np.diff(self._bounds)
        estimated = size * -np.expm1(np.bincount(self._grams, np.repeat(absent, widths), len(self._numbers)))
        return idf(estimated, size)
