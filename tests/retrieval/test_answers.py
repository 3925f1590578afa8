"""How much does it prove that a term was found for a word?"""

import pytest

from retrieval.answers import Match, QuestionWord
from tests.retrieval.asking import known, unknown, wanted


@pytest.mark.parametrize(
    ("match", "likeness", "proof"),
    [
        (Match.SAME, 1.0, 1.0),
        (Match.SCRIPT, 0.7, 0.7),
        (Match.ALIAS, 0.5, 0.5),
        (Match.PUBLISHER, 1.0, 1.0),
        (Match.SPELLING, 0.9, 0.729),
        (Match.SPELLING, 0.8, 0.512),
        (Match.SPELLING, 0.79, 0.0),
        (Match.SPELLING, 0.5, 0.0),
    ],
)
def test_a_guess_proves_less_than_it_is_like(match: Match, likeness: float, proof: float) -> None:
    """And a bold one nothing; what is certain proves as much as there is of it."""
    assert wanted("road", match, likeness).proof == pytest.approx(proof)


def word(*terms: tuple[str, Match, float]) -> QuestionWord:
    """A word that these terms are looked up for."""
    return QuestionWord("Road", "road", tuple(wanted(*each) for each in terms), 1.0)


def test_a_word_knows_how_well_it_is_known() -> None:
    """Sure: the articles hold it. Misspelt: nothing but guesses. Known: anything that proves something."""
    guess, bold = ("roads", Match.SPELLING, 0.9), ("goad", Match.SPELLING, 0.75)
    assert [(each.is_sure, each.is_misspelt, each.is_known) for each in (
        known("road"), unknown("road"), word(guess), word(bold), word(("r", Match.SCRIPT, 0.9)),
        word(guess, ("way", Match.ALIAS, 1.0)), word(bold, ("p", Match.PUBLISHER, 1.0)),
    )] == [
        (True, False, True), (False, False, False), (False, True, True), (False, True, False), (False, False, True),
        (False, False, True), (False, False, True),
    ]  # fmt: skip


def test_the_share_of_a_word_is_what_its_terms_prove() -> None:
    """Added up, but never more than the whole word; terms that were not looked up prove nothing."""
    found = word(("road", Match.SCRIPT, 0.7), ("way", Match.ALIAS, 0.2), ("route", Match.SCRIPT, 0.6))
    assert found.share_in(set()) == 0
    assert found.share_in({"bridge"}) == 0
    assert found.share_in({"way", "bridge"}) == pytest.approx(0.2)
    assert found.share_in({"way", "route"}) == pytest.approx(0.8)
    assert found.share_in({"road", "way", "route"}) == 1


def test_a_name_of_several_words_proves_something_only_as_a_whole() -> None:
    """Foreign alone is not the Foreign Ministry."""
    name = frozenset({"foreign", "ministri"})
    found = QuestionWord(
        "MFA", "mfa",
        (wanted("foreign", Match.ALIAS, 0.4, name), wanted("ministri", Match.ALIAS, 0.6, name)), 1.0,
    )  # fmt: skip
    assert [found.share_in(terms) for terms in ({"foreign"}, {"ministri"}, {"foreign", "trade"})] == [0, 0, 0]
    assert found.share_in({"foreign", "ministri"}) == pytest.approx(1)
