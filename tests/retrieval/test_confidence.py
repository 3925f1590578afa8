"""Do we know enough to answer?"""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers import Band, Evidence, Match, QuestionWord
from retrieval.confidence import (
    FEWEST,
    FITTED,
    FOUND_FROM,
    MOST,
    WEAK_FROM,
    Model,
    band,
    confidence,
    coverage,
    share_of_names_missing,
    share_unknown,
)
from tests.retrieval.asking import known, unknown, wanted

SHARE = st.floats(0, 1)
EVIDENCE = st.builds(Evidence, SHARE, SHARE, SHARE, SHARE, SHARE, st.floats(0, 6), st.floats(0, 9))
SPEAKS_FOR = {"paragraph": 1, "sentence": 1, "letters": 1, "unknown": -1, "names_missing": -1, "words": 1,
              "paragraphs": -1}  # fmt: skip
TERMS = ("road", "bridge", "2020", "mine")
WORDS = st.lists(
    st.builds(
        lambda term, text, weight, likeness: QuestionWord(
            text, text.lower(), (wanted(term, Match.SCRIPT, likeness),) if likeness else (), weight
        ),
        st.sampled_from(TERMS), st.sampled_from(["road", "Lachin", "2020", "x"]), st.floats(0.01, 9),
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    max_size=5,
)  # fmt: skip


def test_every_attribute_has_a_coefficient() -> None:
    """In their order."""
    assert [each.name for each in fields(Evidence)] == list(SPEAKS_FOR)
    assert [1 if weight > 0 else -1 for weight in FITTED.weights] == list(SPEAKS_FOR.values())


@given(EVIDENCE, st.sampled_from(list(SPEAKS_FOR)), st.floats(0.01, 0.5))
def test_each_attribute_speaks_for_or_against(evidence: Evidence, name: str, more: float) -> None:
    """The more of it the more, whatever the others say; a probability is never 0 or 1."""
    raised = replace(evidence, **{name: getattr(evidence, name) + more})
    before, after = FITTED.probability(evidence), FITTED.probability(raised)
    assert 0 < min(before, after) < max(before, after) < 1
    assert (after > before) == (SPEAKS_FOR[name] > 0)


@given(EVIDENCE)
def test_the_confidence_is_the_models_probability(evidence: Evidence) -> None:
    """Where the best paragraph holds anything of the question; otherwise it is nothing."""
    assert confidence(evidence) == (FITTED.probability(evidence) if evidence.paragraph else 0)
    assert confidence(replace(evidence, paragraph=0.0)) == 0


def test_without_evidence_there_is_no_confidence() -> None:
    """No paragraph holds a word of the question."""
    assert confidence(None) == 0


def test_a_model_weighs_the_attributes_in_their_order() -> None:
    """By the formula of the logistic function."""
    evidence = Evidence(1.0, 0.5, 0.25, 0.0, 0.75, 2.0, 3.0)
    assert Model(0.0, (0.0,) * 7).probability(evidence) == 0.5
    # 1 + 1 + 1 + 0 - 3 + 2 - 3 = -1, of which e is to the power
    assert confidence(evidence, Model(1.0, (1.0, 2.0, 0.0, 9.0, -4.0, 1.0, -1.0))) == pytest.approx(0.2689414)


@pytest.mark.parametrize(
    ("sure", "reached"),
    [
        (0.0, Band.NONE),
        (WEAK_FROM - 1e-9, Band.NONE),
        (WEAK_FROM, Band.WEAK),
        (FOUND_FROM - 1e-9, Band.WEAK),
        (FOUND_FROM, Band.FOUND),
        (1.0, Band.FOUND),
    ],
)
def test_bands_begin_at_their_thresholds(sure: float, reached: Band) -> None:
    """Which belong to the better one."""
    assert band(sure) is reached
    assert 0 < WEAK_FROM < FOUND_FROM < 1
    assert 1 < FEWEST < MOST


@given(WORDS, st.sets(st.sampled_from(TERMS)), st.sampled_from(TERMS))
def test_shares_are_between_nothing_and_all(words: list[QuestionWord], terms: set[str], more: str) -> None:
    """More terms never cover less, and never miss more names."""
    for share in (coverage(words, terms), share_unknown(words), share_of_names_missing(words, terms)):
        assert 0 <= share <= 1 + 1e-9
    assert coverage(words, terms | {more}) >= coverage(words, terms) - 1e-9
    assert share_of_names_missing(words, terms | {more}) <= share_of_names_missing(words, terms) + 1e-9


def test_coverage_is_a_share_of_the_weight() -> None:
    """Rare words tell more."""
    words = [known("road", 1.0), known("mine", 3.0)]
    assert [coverage(words, terms) for terms in ({"road"}, {"mine"}, {"road", "mine", "x"}, {"x"}, set())] == [
        0.25, 0.75, 1, 0, 0,
    ]  # fmt: skip
    assert coverage([], {"road"}) == 0


def test_a_year_alone_is_no_evidence() -> None:
    """Only beside a found word, or where nothing but numbers was asked for."""
    words = [known("road"), known("2020"), known("2021")]
    assert coverage(words, {"2020", "2021"}) == 0
    assert coverage(words, {"road", "2020"}) == pytest.approx(2 / 3)
    assert coverage(words[1:], {"2020"}) == 0.5
    assert coverage([known("2020"), unknown("election")], {"2020"}) == 0


def test_what_is_unknown_weighs_with_what_it_would_tell() -> None:
    """A bold guess is as unknown as a word without any."""
    bold = QuestionWord("raod", "raod", (wanted("road", Match.SPELLING, 0.75),), 2.0)
    assert share_unknown([known("road", 1.0), unknown("zebra", 3.0)]) == 0.75
    assert share_unknown([known("road", 2.0), bold]) == 0.5
    assert share_unknown([known("road")]) == share_unknown([]) == 0


def test_names_and_numbers_are_missed_most() -> None:
    """Whatever begins with a capital or a digit as it was typed; other words do not count."""
    words = [known("Lachin", 2.0), known("2020", 1.0), known("road", 9.0), unknown("Zebra", 1.0)]
    assert share_of_names_missing(words, {"lachin", "2020"}) == 0.25
    assert share_of_names_missing(words, {"lachin", "2020", "road"}) == 0.25
    assert share_of_names_missing(words, {"road"}) == 1
    assert share_of_names_missing([known("road"), unknown("zebra")], set()) == 0
