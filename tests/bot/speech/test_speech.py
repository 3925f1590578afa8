"""How the interface speaks: sentences, plurals, dates, lists."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech import ENGLISH, LANGUAGES, speech_in
from retrieval import Published


@pytest.mark.parametrize(
    ("code", "language"),
    [("en", "en"), ("ru", "ru"), ("ru-RU", "ru"), ("TR", "tr"), ("az_Latn", "az"), ("hy", "hy"), ("de", "en")],
)
def test_a_language_is_known_by_the_code_that_telegram_sends(code: str, language: str) -> None:
    """With a country or without; a language that the interface does not speak is English."""
    assert speech_in(code).language == language


@pytest.mark.parametrize("code", [None, "", "-", "x" * 100])
def test_who_has_no_language_hears_english(code: str | None) -> None:
    """Whatever stands there."""
    assert speech_in(code) is ENGLISH


def test_a_sentence_takes_any_words_into_its_braces() -> None:
    """What people wrote is never read as a place for something else."""
    assert ENGLISH("None of them contains {words}.", words="{0} {words} %s") == "None of them contains {0} {words} %s."


def test_numbers_have_their_form() -> None:
    """One is not many."""
    said = [ENGLISH.plural("{count} article", "{count} articles", count) for count in (0, 1, 2)]
    assert said == ["0 articles", "1 article", "2 articles"]


def test_a_language_has_as_many_forms_as_it_needs() -> None:
    """Three in Russian; in the others a noun stays as it is after a number."""
    sentence = "I quote from {count} article:", "I quote from {count} articles:"
    said = [speech_in("ru").plural(*sentence, count) for count in (1, 2, 5, 11, 21, 22, 111)]
    nouns = [each.split()[-1].rstrip(":") for each in said]
    assert nouns == ["статью", "статьи", "статей", "статей", "статью", "статьи", "статей"]
    for language in ("tr", "az", "hy"):
        one, many = (speech_in(language).plural(*sentence, count) for count in (1, 5))
        assert one.replace("1", "5") == many


@given(st.text(), st.sampled_from(LANGUAGES))
def test_what_people_wrote_is_said_as_they_wrote_it(words: str, language: str) -> None:
    """In every language, whatever it holds."""
    say = speech_in(language)
    assert words in say("None of them contains {words}.", words=say.listed([say.quoted(words)]))


@pytest.mark.parametrize(
    ("language", "whole", "month"),
    [
        ("en", "12 April 2023", "April 2023"),
        ("ru", "12 апреля 2023", "апрель 2023"),
        ("tr", "12 Nisan 2023", "Nisan 2023"),
        ("az", "12 aprel 2023", "aprel 2023"),
        ("hy", "2023 թ. ապրիլի 12", "2023 թ. ապրիլ"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, whole: str, month: str) -> None:
    """As much of them as is known."""
    say = speech_in(language)
    assert [say.date(Published(iso)) for iso in ("2023-04-12", "2023-04", "2023")] == [whole, month, "2023"]
    assert say.day(dt.date(2023, 4, 12)) == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_says_or_before_its_last_word(language: str) -> None:
    """In each language; a list of one is that word, one of none is nothing."""
    say = speech_in(language)
    conjunction = {"en": "or", "ru": "или", "tr": "veya", "az": "yaxud", "hy": "կամ"}[language]
    assert say.listed(["a", "b", "c"]).replace("b,", "b") == f"a, b {conjunction} c"
    assert (say.listed(["a"]), say.listed([])) == ("a", "")
