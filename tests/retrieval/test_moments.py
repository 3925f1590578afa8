"""Which words of a question speak of the moment of asking?"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.languages import CODES
from retrieval.moments import moments_in


@pytest.mark.parametrize(
    ("language", "question", "words", "days"),
    [
        ("en", "Who resigned this week?", ["this week"], 8),
        ("en", "What did Russia say yesterday?", ["yesterday"], 2),
        ("en", "Who won LAST\u00a0Tuesday?", ["LAST\u00a0Tuesday"], 8),
        ("en", "What happened last weekend and last month?", ["last weekend", "last month"], 35),
        ("en", "Who spoke today about the latest talks?", ["today", "latest"], 8),
        ("en", "Who won in 2020?", [], None),
        ("ru", "Что было на прошлой неделе?", ["на прошлой неделе"], 8),
        ("ru", "Кто приехал вчера?", ["вчера"], 2),
        ("tr", "Geçen hafta ne oldu?", ["Geçen hafta"], 8),
        ("tr", "gecen ay ne oldu", ["gecen ay"], 35),
        ("az", "bu həftə nə oldu?", ["bu həftə"], 8),
        ("uk", "Що сталося минулого тижня?", ["минулого тижня"], 8),
        ("de", "Was geschah letzte Woche?", ["letzte Woche"], 8),
        ("fr", "Que s'est-il passé la semaine dernière ?", ["la semaine dernière"], 8),
        ("es", "¿Qué pasó ayer?", ["ayer"], 2),
        ("pt", "O que aconteceu na semana passada?", ["na semana passada"], 8),
        ("it", "Cosa è successo questo mese?", ["questo mese"], 35),
        ("zh", "上周发生了什么", ["上周"], 8),
        ("xx", "today", [], None),
    ],
)
def test_moments_reach_back_some_days(language: str, question: str, words: list[str], days: int | None) -> None:
    """Each with its place in the question as typed; the farthest counts."""
    assert [moment.span.of(question) for moment in moments_in(question, language)] == words
    assert max((moment.days_ago for moment in moments_in(question, language)), default=None) == days


def test_a_moment_is_more_than_a_part_of_a_word() -> None:
    """Nor does one word of a phrase make one."""
    assert moments_in("todays, Birthday, week, last", "en") == ()


@given(st.text(), st.sampled_from(CODES))
def test_moments_are_in_order_and_disjoint(question: str, language: str) -> None:
    """In any text."""
    moments = moments_in(question, language)
    assert all(one.span.end <= other.span.start for one, other in pairwise(moments))
