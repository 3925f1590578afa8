"""The memory engine: rank-bm25's statistics, scored from inverted postings.

`rank_bm25.BM25Okapi` visits every paragraph for every term of a question. Here each term keeps the paragraphs
that hold it, with the part of the formula that does not depend on the question, so that a search reads the postings
of its terms and nothing else. Each number is computed by the same operations in the same order as in the library:
with the library's idf as weights, the scores are equal bit for bit.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.answers import Hit
from retrieval.bm25 import K1, B

_Floats = NDArray[np.float64]
_Ordinals = NDArray[np.int32]
_NOWHERE: Final[tuple[_Ordinals, _Floats]] = (np.empty(0, np.int32), np.empty(0, np.float64))


class OkapiIndex:
    """An `retrieval.index.Index` in memory. Built once, never changed, safe to share between threads.

    Args:
        paragraphs: the terms of each paragraph, with repetitions.
        k1: how soon repetitions of a term stop counting, above 0.
        b: how much long paragraphs are held back, in [0, 1).

    Raises:
        ValueError: k1 or b is out of its range.
    """

    def __init__(self, paragraphs: Sequence[Sequence[str]], *, k1: float = K1, b: float = B) -> None:
        if not (k1 > 0 and 0 <= b < 1):
            raise ValueError(f"k1 must be above 0, b at least 0 and below 1, not {k1} and {b}")
        self._size = len(paragraphs)
        self._idf: dict[str, float] = {}
        self._postings: dict[str, tuple[_Ordinals, _Floats]] = {}
        if any(paragraphs):  # the library divides by the number of terms
            library = BM25Okapi(paragraphs, k1=k1, b=b)
            self._idf = library.idf
            self._postings = _postings(library)

    def __len__(self) -> int:
        return self._size

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs the term occurs; 0 when it is unknown."""
        return len(self._postings[term][0]) if term in self._postings else 0

    def scores(self, terms: Sequence[str]) -> _Floats:
        """What `BM25Okapi.get_scores` returns for these terms: one score a paragraph, in their order."""
        return self._sum([(term, self._idf[term]) for term in terms if term in self._postings])

    def saturation(self, term: str, ordinal: int) -> float:
        """How much of a term's weight one paragraph earns, as `retrieval.index.Index.saturation` states."""
        ordinals, saturation = self._postings.get(term, _NOWHERE)
        at = int(np.searchsorted(ordinals, ordinal))
        return float(saturation[at]) if at < len(ordinals) and ordinals[at] == ordinal else 0.0

    def search(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        required: Sequence[AbstractSet[str]] = (),
        barred: AbstractSet[str] = frozenset(),
    ) -> list[Hit]:
        """The best paragraphs that hold a term, as `retrieval.index.Index.search` states."""
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        if min(weights.values(), default=1) <= 0:
            raise ValueError("weights must be above 0")
        known = [(term, weight) for term, weight in weights.items() if term in self._postings]
        if not known:
            return []
        scores = self._sum(known)
        # A paragraph stands here once a term at most, so the best of it hold the best paragraphs.
        held = np.concatenate([self._postings[term][0] for term, _ in known])
        if required or barred:
            held = held[self._allowed(required, barred)[held]]
        best = np.unique(_highest(held, scores, limit * len(known)))
        ranked = best[np.argsort(-scores[best], kind="stable")][:limit]
        return [Hit(int(ordinal), float(scores[ordinal])) for ordinal in ranked]

    def _allowed(self, required: Iterable[AbstractSet[str]], barred: AbstractSet[str]) -> NDArray[np.bool_]:
        """Which paragraphs hold one term of each required set and none that is barred."""
        allowed = ~self._holding(barred)
        for terms in required:
            allowed &= self._holding(terms)
        return allowed

    def _holding(self, terms: Iterable[str]) -> NDArray[np.bool_]:
        """Which paragraphs hold one of the terms."""
        holding = np.zeros(self._size, dtype=bool)
        for term in terms:
            holding[self._postings.get(term, _NOWHERE)[0]] = True
        return holding

    def _sum(self, weighted: Sequence[tuple[str, float]]) -> _Floats:
        """Each paragraph's sum of weight times saturation, added up in the order of the terms."""
        if not weighted:
            return np.zeros(self._size)
        postings = [self._postings[term] for term, _ in weighted]
        ordinals = np.concatenate([ordinals for ordinals, _ in postings])
        parts = np.concatenate(
            [weight * saturation for (_, weight), (_, saturation) in zip(weighted, postings, strict=True)]
        )
        scores: _Floats = np.bincount(ordinals, parts, self._size).astype(np.float64, copy=False)
        return scores


def _highest(ordinals: _Ordinals, scores: _Floats, count: int) -> _Ordinals:
    """Those of the ordinals with the ``count`` highest scores, and all that score as the last of them."""
    if len(ordinals) <= count:
        return ordinals
    found = scores[ordinals]
    edge = np.partition(found, len(found) - count)[len(found) - count]
    highest: _Ordinals = ordinals[found >= edge]
    return highest


def _postings(library: BM25Okapi) -> dict[str, tuple[_Ordinals, _Floats]]:
    """By term, the paragraphs with it in ascending order, and the saturation of its frequency in each.

    The saturation is the factor beside idf in the formula: ``f (k1 + 1) / (f + k1 (1 - b + b length / average))``.
    """
    numbers = {term: number for number, term in enumerate(library.idf)}
    frequencies = library.doc_freqs
    terms = np.fromiter((numbers[term] for each in frequencies for term in each), dtype=np.int32)
    counts = np.fromiter((count for each in frequencies for count in each.values()), dtype=np.int64)
    ordinals = np.repeat(np.arange(len(frequencies), dtype=np.int32), [len(each) for each in frequencies])
    doc_len = np.array(library.doc_len)
    norm = library.k1 * (1 - library.b + library.b * doc_len / library.avgdl)
    saturation = counts * (library.k1 + 1) / (counts + norm[ordinals])
    by_term = np.argsort(terms, kind="stable")
    ordinals, saturation = ordinals[by_term], saturation[by_term]
    bounds = np.searchsorted(terms[by_term], np.arange(len(numbers) + 1))
    return {
        term: (ordinals[bounds[number] : bounds[number + 1]], saturation[bounds[number] : bounds[number + 1]])
        for term, number in numbers.items()
    }
