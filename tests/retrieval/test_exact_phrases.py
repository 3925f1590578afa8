"""Phrases word for word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.exact_phrases import exact_places, holds_all

TEXT = "The “Peace-Treaty” of Laçın, signed in April; peace treaties fail. İlham said: Russia's peace."


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("peace treaty", "Peace-Treaty"),
        ("PEACE   TREATY", "Peace-Treaty"),
        ("treaty of lacin", "Treaty” of Laçın"),
        ("Laçın signed", "Laçın, signed"),
        ("ilham", "İlham"),
        ("russia", "Russia"),
        ("«Peace»", "Peace"),
    ],
)
def test_case_and_marks_make_no_difference(phrase: str, found: str) -> None:
    """Nor does what stands between the words."""
    assert next(exact_places(TEXT, [phrase], "en")).of(TEXT) == found


@pytest.mark.parametrize("phrase", ["treaty peace", "peace treat", "eace treaty", "of the Laçın", "", "!?"])
def test_order_and_endings_do(phrase: str) -> None:
    """A phrase is no bag of words, and a part of a word no word."""
    assert not holds_all(TEXT, [phrase], "en")


def test_scripts_without_spaces_are_searched_as_they_are() -> None:
    """A phrase stands wherever its characters stand."""
    assert holds_all("他们签署了和平条约。", ["和平条约"], "zh")


@given(st.text(max_size=60), st.text(max_size=10), st.sampled_from(["en", "tr", "zh"]))
def test_places_lie_in_the_text(text: str, phrase: str, language: str) -> None:
    """For any text and any phrase."""
    places = list(exact_places(text, [phrase], language))
    assert all(0 <= span.start < span.end <= len(text) for span in places)
    assert holds_all(text, [phrase], language) == bool(places)
