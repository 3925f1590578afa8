"""The memory engine: the library's scores, bit for bit, from postings."""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval import Hit, OkapiIndex
from retrieval.bm25 import idf
from tests.contracts.index_contract import IndexContract

WORDS = st.text("abcde", min_size=1, max_size=2)
PARAGRAPHS = st.lists(st.lists(WORDS, max_size=30), min_size=1, max_size=25).filter(any)


class PlainIndex:
    """The library itself behind the protocol: every paragraph visited for every term. The measure of the engine."""

    def __init__(self, paragraphs: Sequence[Sequence[str]]) -> None:
        self._paragraphs = paragraphs

    def __len__(self) -> int:
        return len(self._paragraphs)

    def document_frequency(self, term: str) -> int:
        """By counting."""
        return sum(term in terms for terms in self._paragraphs)

    def saturation(self, term: str, ordinal: int) -> float:
        """By the formula."""
        terms = self._paragraphs[ordinal]
        average = sum(map(len, self._paragraphs)) / len(self._paragraphs)
        count = terms.count(term)
        return count * 1.9 / (count + 0.9 * (0.6 + 0.4 * len(terms) / average)) if count else 0.0

    def search(
        self,
        weights: Mapping[str, float],
        limit: int,
        *,
        required: Sequence[AbstractSet[str]] = (),
        barred: AbstractSet[str] = frozenset(),
    ) -> list[Hit]:
        """By scoring every paragraph with weights in the place of idf."""
        if limit < 1:
            raise ValueError("limit must be at least 1")
        if any(weight <= 0 for weight in weights.values()):
            raise ValueError("weights must be above 0")
        if not any(self._paragraphs):
            return []
        library = BM25Okapi(self._paragraphs, k1=0.9, b=0.4)
        library.idf = dict(weights)
        score = library.get_scores([term for term in weights if self.document_frequency(term)])
        found = [
            number
            for number, held in enumerate(self._paragraphs)
            if set(held) & set(weights) and all(set(held) & terms for terms in required) and not set(held) & barred
        ]
        found.sort(key=lambda number: (-score[number], number))
        return [Hit(number, float(score[number])) for number in found[:limit]]


class TestOkapiIndex(IndexContract):
    """The engine keeps the contract."""

    def build(self, paragraphs: Sequence[Sequence[str]]) -> OkapiIndex:
        """In memory."""
        return OkapiIndex(paragraphs)


class TestPlainIndex(IndexContract):
    """So does the measure that it is held against."""

    def build(self, paragraphs: Sequence[Sequence[str]]) -> PlainIndex:
        """Nothing is built."""
        return PlainIndex(paragraphs)


def assert_same_scores(paragraphs: Sequence[Sequence[str]], question: list[str], k1: float, b: float) -> None:
    """Not nearly equal: the same 64 bits."""
    expected = BM25Okapi(paragraphs, k1=k1, b=b).get_scores(question)
    assert OkapiIndex(paragraphs, k1=k1, b=b).scores(question).tobytes() == expected.tobytes()


@given(PARAGRAPHS, st.lists(WORDS, max_size=12), st.sampled_from([0.1, 0.9, 1.5]), st.sampled_from([0.0, 0.4, 0.75]))
def test_scores_equal_the_librarys_bit_for_bit(
    paragraphs: list[list[str]], question: list[str], k1: float, b: float
) -> None:
    """Whatever the corpus, with repeated and unknown terms, at every setting."""
    assert_same_scores(paragraphs, question, k1, b)


@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 2, 3, 50, 400]))
def test_scores_are_the_same_on_texts_like_real_ones(seed: int, size: int) -> None:
    """Words distributed by Zipf's law, paragraphs of many lengths."""
    random = np.random.default_rng(seed)
    paragraphs = [[f"w{word}" for word in random.zipf(1.3, random.integers(1, 80))] for _ in range(size)]
    question = [f"w{word}" for word in random.zipf(1.3, 6)]
    assert_same_scores(paragraphs, question, 0.9, 0.4)


@pytest.mark.parametrize(
    "paragraphs", [[["a"]], [["a", "b"], ["a", "c"]], [["a"], ["b"]], [["a", "x"], ["a"], ["b"], ["c"]], [["a"], []]]
)
def test_edge_cases_score_as_the_library_does(paragraphs: list[list[str]]) -> None:
    """One paragraph, two, a term in half of them, a paragraph without terms: zero and negative weights."""
    for question in (["a"], ["a", "b"], ["x", "a", "a"], ["nothing"]):
        assert_same_scores(paragraphs, question, 1.5, 0.75)


@given(PARAGRAPHS, st.dictionaries(WORDS, st.floats(0.01, 20), max_size=6), st.integers(1, 10))
def test_search_finds_what_the_library_finds(
    paragraphs: list[list[str]], weights: dict[str, float], limit: int
) -> None:
    """The same paragraphs with the same scores in the same order, given the same weights."""
    assert OkapiIndex(paragraphs).search(weights, limit) == PlainIndex(paragraphs).search(weights, limit)


@pytest.mark.parametrize(("k1", "b"), [(0.0, 0.4), (0.9, 1.0), (0.9, -0.1)])
def test_parameters_out_of_range_are_refused(k1: float, b: float) -> None:
    """With the range in the message."""
    with pytest.raises(ValueError, match="k1 must be above 0"):
        OkapiIndex([["a"]], k1=k1, b=b)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_positive_idf_is_positive_and_falls(size: int, frequency: int) -> None:
    """A term tells something even if every paragraph holds it, and less than a rarer one."""
    held = min(frequency, size)
    assert idf(held, size) > 0
    assert idf(0, size) >= idf(held, size)
    assert math.isfinite(idf(held, size))
