"""What counts as the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import Analyzer, question_words, same_words
from retrieval.languages import CODES, guess_language


@given(st.text(), st.sampled_from(sorted(CODES)))
def test_tokens_are_disjoint_slices_in_order(text: str, language: str) -> None:
    """Offsets belong to the text as it is, however a word is normalised: "İ" and "ﬁ" change their length."""
    position = 0
    for token in Analyzer(language).tokens(text):
        assert token.span.start >= position
        assert token.term
        assert token.span.of(text).strip() == token.span.of(text)
        position = token.span.end


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Peacekeepers", "peacekeeper"),
        ("en", "Russia’s", "russia"),
        ("en", "Russia's", "Russia"),
        ("en", "U.N.", "UN"),
        ("en", "U.S.", "US"),
        ("en", "O’Brien", "O'Brien"),
        ("ru", "дороги", "дорога"),
        ("ru", "АРМЕНИЯ", "Армения"),
        ("tr", "Ankara’da", "Ankara"),
        ("tr", "IĞDIR", "ığdır"),
        ("tr", "İstanbul", "istanbul"),
        ("en", "İstanbul", "istanbul"),
        ("fr", "l’Arménie", "Arménie"),
        ("en", "ﬁre", "fire"),
        ("hy", "Ո՞վ", "ով"),
    ],
)
def test_forms_of_a_word_are_one_term(language: str, one: str, other: str) -> None:
    """Endings, capitals, apostrophes, points, ligatures."""
    assert Analyzer(language).terms(one) == Analyzer(language).terms(other) != []


@pytest.mark.parametrize(
    ("language", "one", "other"), [("en", "Armenia", "Armenian"), ("tr", "kıl", "kil"), ("en", "O’Brien", "O")]
)
def test_different_words_stay_apart(language: str, one: str, other: str) -> None:
    """Too much sameness finds the wrong paragraph."""
    assert Analyzer(language).terms(one) != Analyzer(language).terms(other)


def test_marks_belong_to_words() -> None:
    """A Hindi word is not cut at its vowel signs."""
    assert [token.span.of("हिन्दी भाषा") for token in Analyzer("xx").tokens("हिन्दी भाषा")] == ["हिन्दी", "भाषा"]


def test_stop_words_and_question_words_are_not_searched_for() -> None:
    """What makes a sentence a question says nothing about its answer."""
    words = question_words("What is the road that links Armenia to the region?", ["en"], "en")
    assert [word.text for word in words] == ["road", "links", "Armenia", "region"]


def test_a_question_repeats_no_word() -> None:
    """Said twice is not meant twice."""
    assert [word.text for word in question_words("Road, roads, ROAD!", ["en"], "en")] == ["Road"]


def test_a_question_is_looked_up_as_each_language_of_the_corpus_writes_it() -> None:
    """One word of the question, the stems of all articles."""
    (word,) = question_words("roads", ["en", "ru"], "en")
    assert word.terms == ("road", "roads")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What road links Armenia to Karabakh?", "en"),
        ("Какая дорога связывает Армению и Карабах?", "ru"),
        ("Hangi yol Ermenistan'ı Karabağ'a bağlar ve ne zaman açıldı?", "tr"),
        ("Hansı yol Ermənistanı Qarabağla birləşdirir?", "az"),
        ("Яка дорога з'єднує Вірменію і Карабах?", "uk"),
        ("Welche Straße verbindet Armenien mit der Region?", "de"),
        ("Ո՞ր ճանապարհն է կապում Հայաստանը Ղարաբաղին", "hy"),
        ("რომელი გზა აკავშირებს სომხეთს", "ka"),
        ("哪条路连接亚美尼亚", "zh"),
        ("どの道が繋ぐのか", "ja"),
        ("Azerbaycan'a ve İstanbul'da Divanı'na göre karar", "tr"),
        ("Qual è la strada che collega la capitale al confine?", "it"),
        ("Welke weg verbindt de hoofdstad met het zuiden?", "nl"),
        ("Która droga łączy stolicę z południem?", "pl"),
        ("The U.S. role", "en"),
        ("e.u. mission", "en"),
        ("Lachin", "en"),
        ("", "en"),
        ("🎉", "en"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    """By script and by function words; the default where nothing shows."""
    assert guess_language(text) == language


@given(st.text(), st.text())
def test_the_same_words_make_the_same_key(left: str, right: str) -> None:
    """Typography and capitals aside."""
    key = same_words(f"{left} “road” – {right}")
    assert key == same_words(f"{left}  ROAD - {right}")


@pytest.mark.parametrize(
    ("one", "other"),
    [("It fell by -5 percent.", "It fell by 5 percent."), ("€5", "$5"), ("1.5 percent", "15 percent"), ("1.5", "1,5")],
)
def test_what_changes_the_meaning_changes_the_key(one: str, other: str) -> None:
    """A wire text is quoted once; a number that differs is another text."""
    assert same_words(one) != same_words(other)
