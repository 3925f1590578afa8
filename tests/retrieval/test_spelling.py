"""Which words may have been meant by one that no article holds?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.spelling import Spelling
from tests.retrieval.asking import Frequencies

LETTERS = "abcz"


@st.composite
def slipped(draw: st.DrawFn, slips: int = 3) -> str:
    """A word after a few slips; many of the words that are drawn are the same word with other slips."""
    word = draw(st.sampled_from(["abca", "abcab", "zabcabc", "abcabcza", "abczabczabcz"]))
    for _ in range(draw(st.integers(0, slips))):
        at = draw(st.integers(0, len(word)))
        letter = draw(st.sampled_from(LETTERS))
        word = draw(
            st.sampled_from(
                [
                    word[:at] + letter + word[at:],
                    word[:at] + word[at + 1 :],
                    word[:at] + letter + word[at + 1 :],
                    word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
                ]
            )
        )
    return word


WORDS = st.lists(slipped() | st.text(LETTERS, min_size=1, max_size=14), unique=True, max_size=40)
TYPED = slipped() | st.text(LETTERS, max_size=14)


def mistakes(words: list[str], typed: str) -> dict[str, int]:
    """How far each word is that is not too far, by comparing with all of them."""
    allowed = len(typed) // 4
    distances = {word: OSA.distance(typed, word) for word in words if len(word) >= 3}
    return {word: distance for word, distance in distances.items() if distance <= allowed}


@given(WORDS, TYPED)
def test_the_nearest_words_are_never_missed(words: list[str], typed: str) -> None:
    """One mistake for every four letters that were typed, several only behind the same first letter.

    Only the nearest count, and three of them at most.
    """
    allowed = mistakes(words, typed) if len(typed) >= 4 else {}
    near = {word: distance for word, distance in allowed.items() if distance <= 1 or word[0] == typed[0]}
    nearest = {word for word, distance in near.items() if distance == min(near.values())}
    found = Spelling(Frequencies(words)).nearest(typed)
    assert len(found) == len({word for word, _ in found}) == min(len(nearest), 3)
    assert {word for word, _ in found} <= nearest
    assert [likeness for _, likeness in found] == pytest.approx([1 - near[word] / len(typed) for word, _ in found])


@given(WORDS, TYPED)
def test_of_equally_near_words_those_as_long_come_first(words: list[str], typed: str) -> None:
    """And of words of one length those that were given first: the most frequent."""
    found = [word for word, _ in Spelling(Frequencies(words)).nearest(typed)]
    differences = [abs(len(word) - len(typed)) for word in found]
    assert differences == sorted(differences)
    for length in {len(word) for word in found}:
        alike = [words.index(word) for word in found if len(word) == length]
        assert alike == sorted(alike)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zachin", "lachin"),  # the first letter
        ("alchin", "lachin"),
        ("achin", "lachin"),
        ("lachi", "lachin"),
        ("Лочин".lower(), "lachin"),
        ("laçhin", "lachin"),
        ("corriddor", "corridor"),
        ("croidor", "corridor"),  # two in seven letters are too many
        ("coridoor", "corridor"),  # two in eight
        ("peac", "peace"),
        ("raod", "road"),
        ("roadd", "road"),
        ("thee", "the"),
    ],
)
def test_a_slip_is_found_wherever_it_is(typed: str, meant: str) -> None:
    """At the first letter too, in any script."""
    found = [
        word for word, _ in Spelling(Frequencies(["lachin", "corridor", "peace", "road", "the", "of"])).nearest(typed)
    ]
    assert found == ([] if typed == "croidor" else [meant])


@pytest.mark.parametrize("typed", ["", "raa", "rod", "2020", "x2020", "r-d", "???"])
def test_short_words_and_numbers_are_never_guessed(typed: str) -> None:
    """They have too many neighbours; a number with another digit is another number."""
    assert Spelling(Frequencies(["road", "rod2", "x2021", "2021", "raad"])).nearest(typed) == []


def test_a_known_word_is_its_own_nearest() -> None:
    """Whatever else is near."""
    assert Spelling(Frequencies(["roads", "road", "toad"])).nearest("road") == [("road", 1.0)]


def test_a_word_of_the_same_length_is_meant_rather_than_a_shorter_or_longer() -> None:
    """Of those that are as near."""
    found = [word for word, _ in Spelling(Frequencies(["abcdx", "abc", "abxd"])).nearest("abcd")]
    assert found[0] == "abxd"
    assert set(found) == {"abxd", "abc", "abcdx"}


def test_at_most_three_are_guessed() -> None:
    """The other words of the question tell which was meant; so many as stand first of those as long."""
    assert [word for word, _ in Spelling(Frequencies(["boad", "load", "toad", "goad", "roads"])).nearest("road")] == [
        "boad", "load", "toad",
    ]  # fmt: skip
