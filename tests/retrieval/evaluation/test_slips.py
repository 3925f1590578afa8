"""How does a question look that was typed in a hurry?"""

import numpy as np
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.evaluation.slips import with_slips

QUESTIONS = st.lists(
    st.sampled_from(["Who", "closed", "the", "Lachin", "corridor", "в", "2020?", "мосты,", "yolu…", "🎉"])
    | st.text(max_size=6),
    max_size=9,
).map(" ".join)
SEEDS = st.integers(0, 2**32 - 1)


def slipped(question: str, count: int, seed: int) -> str:
    """With choices that hang on the seed alone."""
    return with_slips(question, count, np.random.default_rng(seed))


@given(QUESTIONS, st.integers(0, 4), SEEDS)
def test_each_slip_is_in_a_word_of_its_own(question: str, count: int, seed: int) -> None:
    """One mistake a word, in words of at least four letters; all else is as it was typed."""
    words, between = regex.findall(r"\p{L}{4,}", question), regex.split(r"\p{L}{4,}", question)
    made = slipped(question, count, seed)
    assert abs(len(made) - len(question)) <= min(count, len(words))
    pattern = r"(\p{L}{3,})".join(regex.escape(each) for each in between)
    found = regex.fullmatch(pattern, made)
    assert found
    distances = [OSA.distance(word, other) for word, other in zip(words, found.groups(), strict=True)]
    assert max(distances, default=0) <= 1
    assert sum(distances) <= count


@given(QUESTIONS, st.integers(0, 4), SEEDS)
def test_the_same_state_makes_the_same_slips(question: str, count: int, seed: int) -> None:
    """Every run asks the same."""
    assert slipped(question, count, seed) == slipped(question, count, seed)


@pytest.mark.parametrize("question", ["", "Who?", "Who is he, and is it so?", "1994 2020", "🎉🎉🎉🎉"])
def test_without_a_long_word_nothing_slips(question: str) -> None:
    """Nor where no slips are wanted."""
    assert slipped(question, 3, 1) == question
    assert slipped(f"{question} corridor", 0, 1) == f"{question} corridor"


def test_every_sort_of_slip_is_made() -> None:
    """Letters are swapped, lost, put in and replaced, by letters of the question, about as often as each other."""
    made = [slipped("corridor", 1, seed) for seed in range(2000)]
    assert set("".join(made)) == set("corid")
    lengths = {length: sum(len(each) == length for each in made) / len(made) for length in (7, 8, 9)}
    assert lengths == {7: pytest.approx(0.25, abs=0.04), 8: pytest.approx(0.5, abs=0.04),
                       9: pytest.approx(0.25, abs=0.04)}  # fmt: skip
    swapped = [each for each in made if len(each) == 8 and sorted(each) == sorted("corridor") and each != "corridor"]
    assert 0.15 < len(swapped) / len(made) < 0.27
    assert len({each[0] for each in made}) > 1


def test_more_slips_than_words_leave_no_word_as_it_was() -> None:
    """Nearly: a letter may be swapped with itself."""
    changed = [sum(one != other for one, other in zip(
        ["Lachin", "corridor", "closed"], slipped("Lachin corridor closed", 9, seed).split(), strict=True
    )) for seed in range(50)]  # fmt: skip
    assert max(changed) == 3
    assert sum(changed) > 120
    two = [slipped("Lachin corridor closed", 2, seed).split() for seed in range(200)]
    kept = [[one == other for one, other in zip(["Lachin", "corridor", "closed"], each, strict=True)] for each in two]
    assert all(any(each) for each in kept)
    assert all(not all(each[at] for each in kept) for at in range(3))
