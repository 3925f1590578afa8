"""Which kind of answer does a question ask for?"""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import Analyzer
from retrieval.kinds import Kind, asking_phrase
from retrieval.languages import CODES


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("en", "How many peacekeepers did Russia station?", Kind.NUMBER),
        ("en", "How old is the road?", Kind.NUMBER),
        ("en", "When did the war end?", Kind.DATE),
        ("en", "In what year did it begin?", Kind.DATE),
        ("en", "How long ago did it begin?", Kind.DATE),
        ("en", "Who was president when the war began?", Kind.NAME),
        ("en", "By whom was it signed?", Kind.NAME),
        ("en", "Why was the road closed?", None),
        ("en", "", None),
        ("ru", "Сколько миротворцев?", Kind.NUMBER),
        ("ru", "В каком году закончилась война?", Kind.DATE),
        ("ru", "Кем подписано соглашение?", Kind.NAME),
        ("tr", "Kaç asker öldü?", Kind.NUMBER),
        ("tr", "KAC ASKER OLDU", Kind.NUMBER),
        ("tr", "Savaş hangi yıl bitti?", Kind.DATE),
        ("tr", "Kaç yılında bitti?", Kind.DATE),
        ("tr", "Anlaşmayı kim imzaladı?", Kind.NAME),
        ("az", "Neçə əsgər?", Kind.NUMBER),
        ("az", "ne vaxt bitdi", Kind.DATE),
        ("uk", "Скільки солдатів?", Kind.NUMBER),
        ("de", "Wie viele Soldaten?", Kind.NUMBER),
        ("de", "Seit wann?", Kind.DATE),
        ("fr", "Combien de soldats ?", Kind.NUMBER),
        ("fr", "En quelle annee ?", Kind.DATE),
        ("es", "¿Cuántos soldados?", Kind.NUMBER),
        ("es", "quien firmo el acuerdo", Kind.NAME),
        ("pt", "Quantos soldados?", Kind.NUMBER),
        ("pt", "Em que ano terminou?", Kind.DATE),
        ("pt", "Por quem foi assinado?", Kind.NAME),
        ("it", "Quanti soldati?", Kind.NUMBER),
        ("el", "Πότε τελείωσε;", Kind.DATE),
        ("hy", "Ո՞վ է նախագահը", Kind.NAME),
        ("ar", "متى انتهت الحرب؟", Kind.DATE),
        ("fa", "چند سرباز؟", Kind.NUMBER),
        ("he", "כמה חיילים?", Kind.NUMBER),
        ("hi", "कितने सैनिक?", Kind.NUMBER),
        ("zh", "战争什么时候结束", Kind.DATE),
        ("ja", "大統領は誰ですか", Kind.NAME),
        ("ko", "누가 대통령인가?", Kind.NAME),
        ("th", "ทหารกี่คน", Kind.NUMBER),
        ("xx", "how many", None),
    ],
)
def test_a_question_asks_for_a_kind(language: str, question: str, kind: Kind | None) -> None:
    """With its accents and without; the first of several decides."""
    asking = asking_phrase(question, language)
    assert (asking and asking[1]) is kind


def test_a_text_holds_numbers_dates_and_names() -> None:
    """A year is a number too; what begins a sentence is no name, what follows a title is one."""
    text = "On Monday, Nov. 9, 2020, Mr. Smith met twenty men. They said that Russia had 2,000 troops."
    assert Analyzer("en").kinds(text) == Counter({Kind.NUMBER: 4, Kind.DATE: 3, Kind.NAME: 3})


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("ru", "В понедельник Пашинян назвал две тысячи.", {Kind.DATE: 1, Kind.NAME: 1, Kind.NUMBER: 2}),
        ("tr", "Kasım'da beş asker Ankara'ya geldi.", {Kind.DATE: 1, Kind.NUMBER: 1, Kind.NAME: 1}),
        ("de", "im März 1994", {Kind.DATE: 2, Kind.NUMBER: 1}),
        ("pt", "dois soldados em janeiro", {Kind.NUMBER: 1, Kind.DATE: 1}),
        ("zh", "三千名士兵", {Kind.NUMBER: 2}),
        ("en", "the end", {}),
    ],
)
def test_kinds_are_counted_in_other_languages(language: str, text: str, counts: dict[Kind, int]) -> None:
    """Number words, months and weekdays of the language's own."""
    assert Analyzer(language).kinds(text) == counts


@given(st.text(), st.sampled_from([*CODES, "xx"]))
def test_any_text_can_be_counted(text: str, language: str) -> None:
    """Nothing raises, nothing counts less than once."""
    asking = asking_phrase(text, language)
    assert asking is None or asking[0].of(text)
    assert all(count > 0 for count in Analyzer(language).kinds(text).values())
