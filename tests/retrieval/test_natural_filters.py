"""Filters in the words of a question."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.filters import Filters
from retrieval.languages import CODES
from retrieval.natural_filters import is_just_when, months_in, sources_in
from retrieval.sources import Sources

SOURCES = Sources(["Press TV", "Asbarez"])
APRIL = (Filters(month=dt.date(2023, 4, 1), natural=True),)


def asked_of(question: str, language: str) -> tuple[str, ...]:
    """Whose words are asked for."""
    named = [(span, SOURCES.with_term(term)) for span, term in SOURCES.named(question, language).items()]
    filters, _ = sources_in(question, language, named)
    assert all(each.natural for each in filters)
    return tuple(source for each in filters for source in each.sources)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What did Russia say according to Asbarez?", "en"),
        ("According to the news outlet Asbarez, who came?", "en"),
        ("Who came, as reported by “Asbarez”?", "en"),
        ("Кто приехал, по данным Asbarez?", "ru"),
        ("По сообщению газеты Asbarez, кто приехал?", "ru"),
        ("Asbarez'e göre kim geldi?", "tr"),
        ("Asbarez gazetesinin haberine göre kim geldi?", "tr"),
        ("Asbarez-ə görə kim gəldi?", "az"),
        ("Ըստ Asbarez-ի ո՞վ եկավ", "hy"),
        ("Asbarez-ի փոխանցմամբ ո՞վ եկավ", "hy"),
    ],
)
def test_a_publisher_may_be_cited_in_words(question: str, language: str) -> None:
    """Before its name or behind it, as each language has it."""
    assert asked_of(question, language) == ("Asbarez",)


@pytest.mark.parametrize(
    "question",
    [
        "Who owns Asbarez?",
        "According to Lavrov, who spoke to Press TV?",
        "According to officials of the ministry in the capital Asbarez lied?",
        "What did Asbarez write?",
    ],
)
def test_a_publisher_that_is_only_named_is_no_filter(question: str) -> None:
    """The question may be about it."""
    assert asked_of(question, "en") == ()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What happened in April 2023?", "en"),
        ("the talks of April of 2023", "en"),
        ("April, 2023: who came?", "en"),
        ("Что случилось в апреле 2023 года?", "ru"),
        ("Nisan 2023'te ne oldu?", "tr"),
        ("2023 yılının Nisan ayında ne oldu?", "tr"),
        ("2023-cü ilin aprelində nə oldu?", "az"),
        ("Ի՞նչ եղավ 2023 թվականի ապրիլին", "hy"),
    ],
)
def test_a_month_may_be_named_in_words(question: str, language: str) -> None:
    """With its year."""
    assert months_in(question, language) == APRIL


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What happened in April?", "en"),
        ("What happened in 2023?", "en"),
        ("What happened on 24 April 2023?", "en"),
        ("What happened on April 24, 2023?", "en"),
        ("What happened since April 2023?", "en"),
        ("What happened before April 2023?", "en"),
        ("What happened between April 2023 and May 2023?", "en"),
        ("Что случилось после апреля 2023 года?", "ru"),
        ("Nisan 2023'ten sonra ne oldu?", "tr"),
    ],
)
def test_other_times_are_words_only(question: str, language: str) -> None:
    """A day, half a date, two months, an end or a beginning: articles of other times may tell of them."""
    assert months_in(question, language) == ()


def test_a_question_may_ask_for_nothing_but_a_month() -> None:
    """Its words are the month, the year, and verbs that say nothing."""
    [april] = APRIL
    when = [("april", frozenset({"month-4"})), ("2023", frozenset({"2023"}))]
    assert is_just_when([*when, ("happened", frozenset({"happen"}))], april, "en")
    assert not is_just_when([*when, ("road", frozenset({"road"}))], april, "en")
    assert not is_just_when([*when, ("zebra", frozenset())], april, "en")


@given(st.text(max_size=80), st.sampled_from(CODES))
def test_any_text_is_read(question: str, language: str) -> None:
    """Never an error, in any language."""
    assert len(months_in(question, language)) <= 1
    assert asked_of(question, language) in {(), ("Press TV",), ("Asbarez",), ("Press TV", "Asbarez")}
