"""What counts as the same word."""

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import Analyzer, question_words, same_words
from retrieval.languages import CODES
from retrieval.model import Span
from retrieval.normalization import ascii_digits, normal_form

LANGUAGES = st.sampled_from([*CODES, "xx"])
TEXTS = st.text() | st.text(alphabet="0123456789.,- '’\u00a0\u202f/") | st.text(alphabet="的是月年1 のアเที่ำ가는ё’́aM.")


@given(TEXTS, LANGUAGES)
def test_tokens_are_disjoint_slices_in_order(text: str, language: str) -> None:
    """Offsets belong to the text as it is, however a word is normalised: "İ" and "ﬁ" change their length."""
    start = end = 0
    for token in Analyzer(language).tokens(text):
        assert token.span.start >= start
        assert token.span.end > end
        assert token.term
        assert token.form
        assert token.span.of(text).strip() == token.span.of(text)
        start, end = token.span.start, token.span.end


@given(TEXTS, LANGUAGES)
def test_terms_are_those_of_the_tokens(text: str, language: str) -> None:
    """What is searched is what is shown."""
    analyzer = Analyzer(language)
    assert analyzer.terms(text) == [token.term for token in analyzer.tokens(text)]


@given(TEXTS, LANGUAGES)
def test_what_is_read_at_once_is_what_is_read_apart(text: str, language: str) -> None:
    """A paragraph is read in one pass for both."""
    analyzer = Analyzer(language)
    assert analyzer.read(text) == (analyzer.tokens(text), analyzer.kinds(text))


@given(st.from_regex(r"[A-Za-z]{2,12}", fullmatch=True), LANGUAGES)
def test_a_plain_word_is_spelt_as_one_that_is_not(word: str, language: str) -> None:
    """A soft hyphen is left out, and nothing else changes."""
    assert normal_form(word, language) == normal_form(f"{word}\N{SOFT HYPHEN}", language)


@given(
    st.lists(st.text(alphabet="abcçdeéfgğhıiİñöşüßабвёжїα", min_size=2), max_size=5),
    st.sampled_from(["en", "ru", "tr", "el"]),
)
def test_a_form_is_the_normal_form_of_its_slice(words: list[str], language: str) -> None:
    """Of words that letters make; digits have one spelling, pairs of characters none."""
    text = " ".join(words)
    for token in Analyzer(language).tokens(text):
        assert normal_form(token.span.of(text), language) == token.form


@pytest.mark.parametrize(
    "unit", ["1", "1.", "1,", "1 ", "1-", "1'", "123\u202f", "2020-", "9. ", "a.", "a'", "的", "는", "ที่", "a\u0301"]
)
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_analysis_takes_linear_time(unit: str, language: str) -> None:
    """Twenty times the text takes about twenty times as long, not four hundred, whatever is repeated."""

    def seconds(size: int) -> float:
        text, start = unit * (size // len(unit)), time.process_time()
        Analyzer(language).terms(text)
        return time.process_time() - start

    assert min(seconds(100_000) for _ in range(3)) < 100 * max(min(seconds(5_000) for _ in range(3)), 0.005)


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
        ("en", "U.S", "US"),
        ("en", "Ph.D.", "PhD"),
        ("en", "9 a.m.", "9 am"),
        ("en", "soft\u00adhyphen", "softhyphen"),
        ("ru", "Ещё", "еще"),
        ("uk", "коридору", "коридор"),
        ("uk", "вірменської", "вірменська"),
        ("ka", "კორიდორში", "კორიდორი"),
        ("az", "Ermənistanda", "Ermenistanda"),
        ("el", "Πρόεδρος", "ΠΡΟΕΔΡΟΣ"),
        ("el", "πρόεδρος", "προεδρος"),
        ("ar", "أَرْمِينِيَا", "ارمينيا"),
        ("ar", "ســلام", "سلام"),
        ("fa", "كي يك", "کی یک"),
        ("he", "שָׁלוֹם", "שלום"),
        ("hi", "ज़मीन", "जमीन"),
        ("ko", "대통령은", "대통령의"),
        ("pl", "drogami", "drogach"),
        ("cs", "silnice", "silnici"),
        ("fi", "talossa", "talon"),
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


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "6,500", "6500"),
        ("en", "6\u202f500", "6500"),
        ("en", "1,234,567.89", "1234567.89"),
        ("en", "1990's", "1990"),
        ("en", "9th", "9"),
        ("en", "2nd", "2"),
        ("ru", "6 500", "6500"),
        ("ru", "6\u00a0500", "6500"),
        ("ru", "6.500", "6500"),
        ("ru", "3,88", "3.88"),
        ("ru", "1-й", "1"),
        ("tr", "6.500", "6500"),
        ("tr", "6.500'den", "6500"),
        ("tr", "6,500", "6500"),
        ("tr", "2020'de", "2020"),
        ("de", "1.234.567,89", "1234567.89"),
        ("de", "6'500", "6500"),
        ("fr", "1er", "1"),
        ("es", "1º", "1"),
        ("hi", "1,00,000", "100000"),
        ("ar", "٢٠٢٠", "2020"),
        ("ar", "٣٫٨٨", "3.88"),
    ],
)
def test_spellings_of_a_number_are_one_term(language: str, one: str, other: str) -> None:
    """As each language writes thousands, fractions and ordinals."""
    assert Analyzer(language).terms(one) == Analyzer(language).terms(other) == [other]


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("en", "6.500", ["6.500"]),
        ("en", "6 500", ["6", "500"]),
        ("en", "2019,2020", ["2019", "2020"]),
        ("ru", "в 2020 500", ["2020", "500"]),
        ("en", "1,2,3", ["1", "2", "3"]),
        ("en", "192.168.1.10", ["192.168.1.10"]),
        ("en", "10:30", ["10", "30"]),
        ("en", "11/09/2020", ["11", "9", "2020"]),
        ("en", "31.13.2020", ["31.13.2020"]),
        ("en", "2020-21", ["2020", "21"]),
        ("en", "5km 1990s", ["5km", "1990s"]),
        ("tr", "0,500", ["0.500"]),
    ],
)
def test_what_is_no_single_number_stays_what_it_is(language: str, text: str, terms: list[str]) -> None:
    """Lists, addresses, times, ambiguous dates."""
    assert Analyzer(language).terms(text) == terms


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nov. 9, 2020"),
        ("en", "November 9, 2020"),
        ("en", "9 November 2020"),
        ("en", "9th of november 2020"),
        ("en", "2020-11-09"),
        ("en", "09.11.2020"),
        ("ru", "9 ноября 2020"),
        ("uk", "9 листопада 2020"),
        ("tr", "9 Kasım 2020"),
        ("tr", "9 Kasım'da 2020"),
        ("az", "9 noyabr 2020"),
        ("de", "9. November 2020"),
        ("fr", "9 novembre 2020"),
        ("es", "9 de noviembre de 2020"),
        ("pt", "9 de novembro de 2020"),
        ("it", "9 novembre 2020"),
        ("el", "9 Νοεμβρίου 2020"),
        ("hy", "9 նոյեմբերի 2020"),
        ("ka", "9 ნოემბერს 2020"),
        ("ar", "9 نوفمبر 2020"),
        ("he", "9 בנובמבר 2020"),
        ("hi", "9 नवंबर 2020"),
        ("fi", "9. marraskuuta 2020"),
        ("zh", "2020年11月9日"),
        ("ja", "2020年11月9日"),
        ("ko", "2020년 11월 9일"),
        ("th", "9 พฤศจิกายน 2020"),
    ],
)
def test_a_date_is_the_same_in_every_language_and_spelling(language: str, text: str) -> None:
    """Day, month and year are terms of their own, without leading zeros."""
    assert sorted(Analyzer(language).terms(text)) == ["2020", "9", "month-11"]


def test_a_month_that_is_another_word_too_needs_a_sign() -> None:
    """A capital or a number beside it; a question typed without capitals may mean both."""
    assert Analyzer("en").terms("may 9") == ["month-5", "9"]
    assert Analyzer("en").terms("until May") == ["until", "month-5"]
    assert Analyzer("en").terms("may march") == ["may", "march"]
    assert [word.terms for word in question_words("in may", ["en"], "en")] == [("may", "month-5")]


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("zh", "亚美尼亚的总统", ["亚美", "美尼", "尼亚", "总统"]),
        ("zh", "iPhone手机5G", ["iphone", "手机", "5g"]),
        ("ja", "アルメニアの大統領は", ["アル", "ルメ", "メニ", "ニア", "大統", "統領"]),
        ("ko", "아르메니아의 대통령은", ["아르", "르메", "메니", "니아", "대통", "통령"]),
        ("zh", "路", ["路"]),
        ("th", "ที่บ้าน", ["บ้า", "าน"]),
        ("en", "the 中国 road", ["中国", "road"]),
    ],
)
def test_scripts_without_spaces_are_pairs_of_characters(language: str, text: str, terms: list[str]) -> None:
    """Overlapping, between the words that are known; a lone character is itself, a mark stays with its letter."""
    assert Analyzer(language).terms(text) == terms


def test_pairs_stand_where_they_are_written() -> None:
    """Each in its own place, parts of a date too."""
    text = "on 2020-11-09 in 亚美尼"
    assert [token.span.of(text) for token in Analyzer("en").tokens(text)] == ["2020", "11", "09", "亚美", "美尼"]


def test_marks_belong_to_words() -> None:
    """A Hindi word is not cut at its vowel signs."""
    assert [token.span.of("हिन्दी भाषा") for token in Analyzer("xx").tokens("हिन्दी भाषा")] == ["हिन्दी", "भाषा"]


def test_stop_words_and_question_words_are_not_searched_for() -> None:
    """What makes a sentence a question says nothing about its answer."""
    words = question_words("What is the road that links Armenia to the region?", ["en"], "en")
    assert [word.form for word in words] == ["road", "links", "armenia", "region"]


def test_a_question_repeats_no_word() -> None:
    """Said twice is not meant twice."""
    assert [word.form for word in question_words("Road, roads, ROAD!", ["en"], "en")] == ["road"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("es", "¿que, como, cuando, donde, quien?"),
        ("pt", "o que, quem, por que, quando, onde?"),
        ("tr", "nasil, nicin, kac, ne zaman, hangi, kim?"),
        ("az", "nə, nece, harada, hansi?"),
        ("fr", "qui, ou, quand, pourquoi, combien?"),
        ("pl", "kto, kiedy, ktory, dlaczego?"),
        ("ru", "kto, gde, kogda, skolko, pochemu?"),
        ("el", "ποιος, που, ποτε, ΓΙΑΤΙ;"),
        ("ja", "誰ですか、どこですか、いつ"),
        ("zh", "谁是？什么时候？哪里？"),
        ("ko", "누구입니까? 언제, 어디, 왜"),
        ("th", "ใคร ที่ไหน เมื่อไหร่ ทำไม"),
        ("ar", "من متى أين لماذا كيف"),
        ("he", "מי מתי איפה למה"),
        ("hi", "कौन कब कहाँ क्यों"),
    ],
)
def test_question_words_are_dropped_however_they_are_typed(language: str, question: str) -> None:
    """Without accents, in Latin letters, within a run without spaces."""
    assert question_words(question, [language], language) == ()


def test_a_number_is_read_as_the_question_and_as_the_articles_write_it() -> None:
    """6.500 is a thousand times more in Turkish than in English."""
    (word,) = question_words("6.500", ["en"], "tr")
    assert word.terms == ("6500", "6.500")


def test_a_month_is_found_in_articles_of_another_language() -> None:
    """The term of a month belongs to no language."""
    assert [word.terms for word in question_words("в ноябре 2020", ["en"], "ru")] == [("month-11",), ("2020",)]


def test_words_in_places_that_are_named_are_left_out() -> None:
    """What speaks of the moment of asking is no word of an article."""
    words = question_words("Who resigned this week?", ["en"], "en", [Span(13, 22)])
    assert [word.form for word in words] == ["resigned"]


@given(TEXTS, LANGUAGES, LANGUAGES)
def test_any_question_can_be_read(question: str, language: str, other: str) -> None:
    """In any language, of articles in any other."""
    assert all(word.span.end <= len(question) for word in question_words(question, [other, language], language))


def test_a_question_is_looked_up_as_each_language_of_the_corpus_writes_it() -> None:
    """One word of the question, the stems of all articles."""
    (word,) = question_words("roads", ["en", "ru"], "en")
    assert word.terms == ("road", "roads")


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


def test_digits_of_every_script_are_read() -> None:
    """Also those that the patterns know and this Python does not yet: a number of them must not end a reload."""
    digits = regex.findall(r"\p{Nd}", "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)])))
    assert len(digits) >= 700
    for tens in (digits[at : at + 10] for at in range(0, len(digits), 10)):
        assert ascii_digits("".join(tens)) == "0123456789"
        assert Analyzer("en").terms("".join(tens[1:])) == ["123456789"]
        assert Analyzer("ja").terms(f"{tens[3]}月") == ["month-3"]
