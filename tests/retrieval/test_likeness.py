"""Which paragraphs have words that look like the question's?"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.likeness import Likeness, distinct_grams, grams
from retrieval.memory.paragraphs import MemoryParagraphs
from tests.retrieval.asking import paragraphs_of, plain_vocabulary

# Words whose 4-grams are distinct, as those of nearly all words are.
FORMS = st.text("abcde", min_size=1, max_size=9).filter(lambda form: len(set(grams(form))) == len(grams(form)))
PARAGRAPHS = st.lists(st.lists(FORMS, max_size=8), min_size=1, max_size=8)
ASKED = st.lists(FORMS, max_size=4)


def plain_paragraphs(paragraphs: Sequence[Sequence[str]]) -> MemoryParagraphs:
    """Of words that count as themselves."""
    return paragraphs_of(plain_vocabulary(paragraphs))


def scores(paragraphs: Sequence[Sequence[str]], asked: Sequence[str], ordinals: Sequence[int]) -> list[float]:
    """Of the module under test."""
    held = plain_paragraphs(paragraphs)
    found: list[float] = Likeness(asked, held).scores(held.read(ordinals)).tolist()
    return found


def plain_scores(paragraphs: Sequence[Sequence[str]], asked: Sequence[str]) -> list[float]:
    """BM25 by its formula over the counts of 4-grams, paragraph by paragraph; the measure of the module."""
    size = len(paragraphs)
    counts = [Counter(gram for form in forms for gram in grams(form)) for forms in paragraphs]
    lengths = [sum(each.values()) for each in counts]
    average = sum(lengths) / size
    total = [0.0] * size
    for gram in (gram for form in asked for gram in grams(form)):
        holders = {form for forms in paragraphs for form in forms if gram in grams(form)}
        shares = [sum(form in forms for forms in paragraphs) / size for form in sorted(holders)]
        estimated = size * (1 - math.prod(1 - min(share, 1 - 0.5 / size) for share in shares))
        idf = math.log(1 + (size - estimated + 0.5) / (estimated + 0.5))
        for at in range(size):
            count = counts[at][gram]
            if count:
                total[at] += idf * count * 1.9 / (count + 0.9 * (0.6 + 0.4 * lengths[at] / average))
    return total


@given(PARAGRAPHS, ASKED)
@example([["road"], ["mine", "road"]], ["road"])  # a word in every paragraph
def test_scores_are_bm25_over_counted_grams(paragraphs: list[list[str]], asked: list[str]) -> None:
    """Every paragraph at once, or only some of them in any order."""
    expected = plain_scores(paragraphs, asked)
    assert scores(paragraphs, asked, range(len(paragraphs))) == pytest.approx(expected)
    some = list(range(len(paragraphs)))[::-2]
    assert scores(paragraphs, asked, some) == pytest.approx([expected[at] for at in some])


@given(PARAGRAPHS, ASKED)
def test_a_score_is_the_sum_over_the_words_asked_for(paragraphs: list[list[str]], asked: list[str]) -> None:
    """So that it can be explained word by word; a word that is asked twice counts twice."""
    every = range(len(paragraphs))
    parts = [np.array(scores(paragraphs, [form], every)) for form in asked]
    assert scores(paragraphs, asked, every) == pytest.approx(list(sum(parts, np.zeros(len(paragraphs)))))


@given(PARAGRAPHS, ASKED)
def test_no_paragraph_scores_more_than_the_most(paragraphs: list[list[str]], asked: list[str]) -> None:
    """Not even one that holds nothing else."""
    most = Likeness(asked, plain_paragraphs([*paragraphs, [*asked, *asked]])).most
    found = scores([*paragraphs, [*asked, *asked]], asked, range(len(paragraphs) + 1))
    assert all(0 <= score <= most for score in found)
    assert (most > max(found)) == bool(asked)


def test_a_word_that_nothing_is_like_makes_the_most_greater() -> None:
    """What is not found is missed, the more the more paragraphs there are."""
    few, many = plain_paragraphs([["road"]] * 3), plain_paragraphs([["road"]] * 300)
    assert Likeness(["road", "zzzz"], few).most > Likeness(["road"], few).most > 0
    assert Likeness(["zzzz"], few).most > Likeness(["road"], few).most
    assert Likeness(["zzzz"], many).most > Likeness(["zzzz"], few).most


def test_words_of_one_stock_are_alike() -> None:
    """And those in other letters, or without their diacritics."""
    paragraphs = [["armenian"], ["bridge"], ["шушинский"], ["laçin"]]
    assert np.flatnonzero(scores(paragraphs, ["armenia"], range(4))).tolist() == [0]
    assert np.flatnonzero(scores(paragraphs, ["shusha"], range(4))).tolist() == [2]
    assert np.flatnonzero(scores(paragraphs, ["lacin"], range(4))).tolist() == [3]


def test_nothing_is_like_nothing() -> None:
    """No words asked for, unknown ones, no paragraphs, paragraphs without words."""
    assert scores([["road"], []], [], [0, 1]) == [0, 0]
    assert scores([["road"], []], ["zzz"], [0, 1]) == [0, 0]
    assert scores([["road"], []], ["road"], []) == []
    assert scores([[], []], ["road"], [0, 1]) == [0, 0]
    assert scores([["road"], []], ["road"], [1]) == [0]
    assert Likeness(["road"], plain_paragraphs([])).most > 0
    assert Likeness([], plain_paragraphs([["road"]])).most == 0


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("road", ("_roa", "road", "oad_", "_road_")),
        ("it", ("_it_",)),
        ("x", ("_x_",)),
        ("war", ("_war", "war_", "_war_")),
        ("yolu", ("_yol", "yolu", "olu_", "_yolu_")),
        ("ölü", ("_olu", "olu_", "_olu_")),
        ("да", ("_da_",)),
        ("ע", ("_ע_",)),
    ],
)
def test_grams_overlap_and_know_the_edges(form: str, parts: tuple[str, ...]) -> None:
    """The whole word is one more where there are several; what has no plain letters stands for itself."""
    assert grams(form) == parts
    assert distinct_grams(form) == frozenset(parts)


def test_a_gram_that_a_word_repeats_counts_each_time() -> None:
    """But is distinct only once."""
    assert Counter(grams("aaaaaa"))["aaaa"] == 3
    assert sorted(distinct_grams("aaaaaa")) == ["_aaa", "_aaaaaa_", "aaa_", "aaaa"]
