"""Which publisher does a question name?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import Analyzer, written_words
from retrieval.languages import CODES
from retrieval.sources import Sources, publisher_tokens
from tests.builders import make_article

PUBLISHERS = ("Press TV", "Asbarez", "Global Village Space (Anadolu Agency)", "Reuters/AFP; Tass", "Новая газета",
              "M5 Dergi", "The Guardian")  # fmt: skip


def sources(*publishers: str) -> Sources:
    """Of articles by these."""
    return Sources(publishers)


def named(question: str, language: str = "en") -> list[str]:
    """The words of a question that name one of the publishers above."""
    return [span.of(question) for span in sources(*PUBLISHERS).named(question, language)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Asbarez report?", ["Asbarez"]),
        ("what does the asbarez article say", ["asbarez"]),
        ("According to Press TV, who won?", ["Press TV"]),
        ("What did the press say on TV?", []),
        ("What did Press say?", []),
        ("TV Press?", []),
        ("Reuters", ["Reuters"]),
        ("Did AFP or TASS or Reuters write that?", ["AFP", "TASS", "Reuters"]),
        ("Reuters/AFP", ["Reuters", "AFP"]),
        ("the Anadolu Agency report", ["Anadolu Agency"]),
        ("Global Village Space reports", ["Global Village Space"]),
        ("in the global village", []),
        ("Anadolu?", []),
        ("What does M5 Dergi say?", ["M5 Dergi"]),
        ("a guardian", ["guardian"]),
        ("", []),
    ],
)
def test_a_publisher_is_named_in_full(question: str, names: list[str]) -> None:
    """In any case; each of several that stand together by itself, never a part of a name."""
    assert named(question) == names


def test_a_publisher_is_named_in_its_own_language() -> None:
    """With the endings that it takes there."""
    assert named("Что пишет «Новая газета»?", "ru") == ["Новая газета"]
    assert named("По данным Новой газеты", "ru") == ["Новой газеты"]


@pytest.mark.parametrize(
    ("publisher", "names"),
    [
        ("Press TV", 1),
        ("Global Village Space (Anadolu Agency)", 2),
        ("Reuters/AFP; Tass", 3),
        ("Reuters / Reuters", 1),
        ("(AFP)", 1),
        ("()", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_an_article_has_a_term_for_each_name_of_its_publisher(publisher: str | None, names: int) -> None:
    """Each once; none without a publisher."""
    terms = [token.term for token in publisher_tokens(make_article("Text.", publisher=publisher))]
    assert len(terms) == len(set(terms)) == names


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_what_a_question_names_is_what_the_article_has(publisher: str) -> None:
    """The same term on both sides, whichever of its names is asked for."""
    terms = {token.term for token in publisher_tokens(make_article("Text.", publisher=publisher))}
    assert set(sources(publisher).named(publisher, "en").values()) == terms
    assert terms.isdisjoint(
        sources(*(each for each in PUBLISHERS if each != publisher)).named(publisher, "en").values()
    )


@given(st.lists(st.sampled_from([*PUBLISHERS, "Reuters", "press", "TV", "and", "AFP", "/", "(", ";"]), max_size=8))
def test_names_that_are_named_never_overlap(parts: list[str]) -> None:
    """Nor reach from one into the other."""
    question = " ".join(parts)
    spans = list(sources(*PUBLISHERS).named(question, "en"))
    assert all(one.end <= other.start or other.end <= one.start for one in spans for other in spans if one != other)
    full = {"press tv", "asbarez", "global village space", "anadolu agency", "reuters", "afp", "tass", "новая газета",
            "m5 dergi", "guardian", "the guardian"}  # fmt: skip
    # Neither a function word nor a sign parts a name.
    said = {" ".join(word for word in written_words(span.of(question).lower()) if word != "and") for span in spans}
    assert said <= full


@given(st.text() | st.sampled_from(["publisher:asbarez", "publisher : press tv", "publisher:"]), st.sampled_from(CODES))
def test_no_word_of_a_text_is_a_publishers_term(text: str, language: str) -> None:
    """So that a text that writes of a publisher is none of its."""
    assert not [term for term in Analyzer(language).terms(text) if term.startswith("publisher:")]
    assert all(token.term.startswith("publisher:") for token in publisher_tokens(make_article("x", publisher=text)))


@pytest.mark.parametrize("question", ["who closed the school", "Who closed the school?"])
def test_a_function_word_names_no_publisher(question: str) -> None:
    """Though one may be called so: the question asks who, not what Who wrote."""
    assert sources("Who").named(question, "en") == {}
    assert sources("May Day News").named("the May Day News report", "en")
    assert sources("WHO").named("What did WHO report?", "en")


@pytest.mark.parametrize(
    ("typed", "publishers"),
    [
        ("Press TV", ["Press TV"]),
        ("presstv", ["Press TV"]),
        ("www.presstv.ir", ["Press TV"]),
        ("PRES TV", ["Press TV"]),
        ("Асбарез", ["Asbarez"]),
        ("asbares", ["Asbarez"]),
        ("Anadolu Agency", ["Village (Anadolu Agency)"]),
        ("agency", ["Village (Anadolu Agency)"]),
        ("times", ["Example Times", "Moscow Times"]),
        ("BBC", []),
        ("", []),
        ("...", []),
    ],
)
def test_publishers_are_known_by_what_people_type(typed: str, publishers: list[str]) -> None:
    """A name however it is written, a part of it, an address, a slip of the pen; not what is like nothing."""
    sources = Sources(["Press TV", "Asbarez", "Village (Anadolu Agency)", "Example Times", "Moscow Times", "Asbarez"])
    assert list(sources.called(typed)) == publishers
    assert list(sources.called_in_full(typed)) in ([], publishers)
