"""What is known of each language's words. The words themselves stand in `retrieval.lexicon`, one module a language.

The lists are short on purpose: long stop lists measurably hurt ranking on questions, while dropping the words
that only make a sentence a question helps.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

DEFAULT: Final = "en"
CODES: Final = (
    "en", "ru", "tr", "az", "uk", "de", "fr", "es", "pt", "it", "nl", "pl", "ro", "hu", "sv", "da", "no", "fi",
    "et", "lt", "cs", "sr", "hr", "bg", "ca", "eu", "ga", "id", "vi", "el", "hy", "ka", "kk", "ar", "fa", "ur",
    "he", "yi", "hi", "ne", "bn", "ta", "te", "zh", "ja", "ko", "th", "lo", "km", "my", "sw",
)  # fmt: skip
"""ISO 639-1 codes of the languages with a module in `retrieval.lexicon`."""

_WITHOUT_MARKS: Final = 3  # letters: a shorter word without its marks is too often another word
_UNDOTTED: Final = str.maketrans("ıə", "ie")  # no marks to Unicode, but typed so all the same


@dataclass(frozen=True, slots=True)
class Language:
    """One language's function words, and how it writes numbers and dates. Everything is in lower case.

    Attributes:
        name: in English.
        snowball: name of the Snowball algorithm, None where there is none.
        endings: where there is none, what is cut from a word's end if enough of it is left.
        stop_words: dropped from articles and questions.
        question_words: dropped from questions only.
        latin_words: words of both kinds as people type them in Latin letters.
        thousands: characters that part the thousands of a number.
        decimal: the character before a fraction.
        ordinals: what makes a number an ordinal when it follows the digits.
        months: names of months with their numbers, 1 to 12, with the forms and stems that a stemmer does not lead here.
        capital_months: names that are another word as well, unless they have a capital or a number stands beside them.
        short_months: abbreviations, which count only beside a number.
        weekdays: their names.
        number_words: numbers in words.
        asks_number: phrases that ask how many.
        asks_date: phrases that ask when.
        asks_name: phrases that ask who.
        moments: phrases that speak of the moment of asking, with how many days back an article would have appeared.
        credits: phrases behind which a publisher is named who says what is asked for.
        credits_behind: phrases before which one is named.
        bounds: words beside a month of a year that make it the end of a time, or its beginning.
        referring: words that stand for something that was named before, in any of their forms.
        linking: words with which a question goes on from the one before.
        light: verbs that say nothing of what a question is about.
        unspaced: True where words are not parted, or not so that they could be found again.
    """

    name: str
    snowball: str | None = None
    endings: tuple[str, ...] = ()
    stop_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    latin_words: frozenset[str] = frozenset()
    thousands: str = ","
    decimal: str = "."
    ordinals: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    capital_months: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    short_months: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    weekdays: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    asks_number: tuple[str, ...] = ()
    asks_date: tuple[str, ...] = ()
    asks_name: tuple[str, ...] = ()
    moments: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    credits: tuple[str, ...] = ()
    credits_behind: tuple[str, ...] = ()
    bounds: frozenset[str] = frozenset()
    referring: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    unspaced: bool = False


def words(listed: str) -> frozenset[str]:
    """A table's words, parted by white space."""
    return frozenset(listed.split())


def phrases(listed: str) -> tuple[str, ...]:
    """A table's phrases, parted by commas; the longest first."""
    found = {" ".join(phrase.split()) for phrase in listed.split(",")}
    return tuple(sorted(found - {""}, key=lambda phrase: (-len(phrase), phrase)))


def endings(listed: str) -> tuple[str, ...]:
    """A table's endings, parted by white space; the longest first."""
    return tuple(sorted(words(listed), key=lambda ending: (-len(ending), ending)))


def months(listed: str) -> Mapping[str, int]:
    """A table's months, January first, parted by semicolons; each with its forms, parted by white space."""
    return MappingProxyType(
        {form: number for number, forms in enumerate(listed.split(";"), start=1) for form in forms.split()}
    )


def moments(days: Mapping[int, str], weekdays: frozenset[str] = frozenset()) -> Mapping[str, int]:
    """A table's phrases by the days that they reach back; ``{day}`` in a phrase stands for every weekday."""
    return MappingProxyType(
        {
            phrase.replace("{day}", day): reach
            for reach, listed in days.items()
            for phrase in phrases(listed)
            for day in (sorted(weekdays) if "{day}" in phrase else [""])
        }
    )


@cache
def language_of(code: str) -> Language:
    """The language with this ISO 639-1 code; one without words and stemmer if it is not listed."""
    if code not in CODES:
        return Language(code)
    found: Language = import_module(f"retrieval.lexicon.{code}").LANGUAGE
    return found


@cache
def not_searched_for(code: str) -> frozenset[str]:
    """The words that a question in this language loses: as they are written, without marks, in Latin letters."""
    spoken = language_of(code)
    listed = spoken.stop_words | spoken.question_words
    return listed | spoken.latin_words | {bare for word in listed if len(bare := without_marks(word)) >= _WITHOUT_MARKS}


def without_marks(word: str) -> str:
    """A word in lower case as it is typed where the keyboard has no accents."""
    parted = unicodedata.normalize("NFKD", word.translate(_UNDOTTED))
    return "".join(each for each in parted if not unicodedata.combining(each))
