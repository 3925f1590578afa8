"""Which terms of the articles does a word of a question stand for?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import Analyzer
from retrieval.answers import Match
from retrieval.lookup import Lookup
from retrieval.memory.dictionary import MemoryDictionary
from tests.retrieval.asking import plain_vocabulary, vocabulary_of

FORMS = st.text("aábcčch", min_size=1, max_size=6)


def found(lookup: Lookup, form: str, *terms: str, guess: bool = True) -> list[tuple[str, Match, float]]:
    """What is looked up for a word, and why."""
    return [(each.term, each.match, each.likeness) for each in lookup.wanted_terms(form, terms or (form,), guess=guess)]


def holding(*forms: str) -> Lookup:
    """Over one paragraph of these words, none of which has an ending to lose."""
    return Lookup(MemoryDictionary(plain_vocabulary([forms])))


def test_a_known_word_is_looked_up_as_itself() -> None:
    """By its stem."""
    lookup = Lookup(MemoryDictionary(vocabulary_of("Roads and roads meet the road.", "A bridge.")))
    assert found(lookup, "roading", *Analyzer("en").terms("roading")) == [("road", Match.SAME, 1)]
    assert found(lookup, "bridges", *Analyzer("en").terms("bridges")) == [("bridg", Match.SAME, 1)]


def test_a_word_has_a_term_in_every_language() -> None:
    """Those that the articles hold are looked up, in their order, each once."""
    assert found(holding("yol", "yolu", "road"), "yolu", "yolu", "nothing", "yol") == [
        ("yolu", Match.SAME, 1), ("yol", Match.SAME, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["lachin", "лачин", "լաչին", "ლაჩინ"])
def test_a_word_is_found_in_other_letters(form: str) -> None:
    """Known or not; the same in every script."""
    lookup = holding("лачин", "lachin", "bridge")
    both = {each[0]: each[2] for each in found(lookup, form)}
    assert both == {"лачин": 1, "lachin": 1}
    matches = {each[0]: each[1] for each in found(lookup, form)}
    assert matches == {each: Match.SAME if each == form else Match.SCRIPT for each in both}


def test_an_unknown_word_is_found_with_other_diacritics() -> None:
    """The keyboard may lack them, or the article."""
    assert found(holding("laçın", "bridge"), "lacin") == [("laçın", Match.SCRIPT, 1)]
    assert found(holding("lacin", "bridge"), "laçın") == [("lacin", Match.SCRIPT, 1)]
    assert found(holding("laçın", "bridge"), "lachin") == [("laçın", Match.SCRIPT, 0.9)]
    assert found(holding("yerevan", "bridge"), "erevan") == [("yerevan", Match.SCRIPT, 0.9)]


def test_a_known_word_without_diacritics_may_mean_one_that_has_them() -> None:
    """It counts for less than the word itself, which stands first."""
    assert found(holding("olu", "ölü", "bridge"), "olu") == [("olu", Match.SAME, 1), ("ölü", Match.SCRIPT, 0.7)]


def test_an_unknown_word_may_be_misspelt() -> None:
    """Only where nothing is certain, and only where a guess is wanted."""
    lookup = holding("corridor", "road", "лачин", "bridge")
    assert found(lookup, "corridr") == [("corridor", Match.SPELLING, 1 - 1 / 7)]
    assert found(lookup, "coridr") == []
    assert found(lookup, "corridr", guess=False) == []
    assert found(lookup, "lahcin") == [("лачин", Match.SPELLING, 1 - 1 / 6)]
    assert found(lookup, "road") == [("road", Match.SAME, 1)]
    assert found(lookup, "zebra") == []


def test_a_word_in_other_letters_is_no_guess() -> None:
    """It is found where guesses are not wanted, and keeps others from being made."""
    lookup = holding("лачин", "lachim")
    assert found(lookup, "lachin", guess=False) == [("лачин", Match.SCRIPT, 1)]
    assert found(lookup, "lachin") == [("лачин", Match.SCRIPT, 1)]


def test_at_most_six_terms_are_looked_up() -> None:
    """The word itself and the most frequent of the others."""
    spellings = ["lacin", "laçin", "lačin", "laćin", "lâcin", "làcin", "lácin", "läcin"]
    repeated = [form for count, form in enumerate(spellings, start=1) for _ in range(count)]
    looked_up = [written for written, _, _ in found(holding(*repeated), "lacin")]
    assert looked_up == ["lacin", "läcin", "lácin", "làcin", "lâcin", "laćin"]


@given(st.lists(FORMS, max_size=25), FORMS)
def test_what_is_looked_up_is_in_the_articles_and_surest_first(forms: list[str], form: str) -> None:
    """At most six terms, each once; a word that is there is the first."""
    terms = [(term, match, likeness) for term, match, likeness in found(holding(*forms), form)]
    assert len({term for term, _, _ in terms}) == len(terms) <= 6
    assert {term for term, _, _ in terms} <= set(forms)
    assert [term for term, match, _ in terms if match is Match.SAME] == [form] * (form in forms)
    likeness = [likeness for _, _, likeness in terms]
    assert likeness[:1] == [max(likeness)] if terms else form not in forms
    assert form in forms or likeness == sorted(likeness, reverse=True)
    assert all(0 < each <= 1 for each in likeness)
    assert len({match is Match.SPELLING for _, match, _ in terms}) <= 1


def test_nothing_is_found_in_nothing() -> None:
    """No words at all, or a word without letters."""
    assert found(holding(), "road") == []
    assert found(holding("road"), "2020") == []
    assert found(holding("2021"), "2020") == []
