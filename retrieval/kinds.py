"""Which kind of answer does a question ask for, and how much of each kind does a text hold?"""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Final

import regex

from retrieval.languages import language_of
from retrieval.normalization import normal_form
from retrieval.numerals import is_year
from retrieval.segmentation import Word, words_in
from retrieval.set_phrases import places
from retrieval.stemming import stem

_SENTENCE_END: Final = regex.compile(r"(?:^|[!?…:\n]|(?<!\b\p{Lu}\p{L}{0,2})\.)[\s\p{Pi}\p{Ps}\"'–—-]*\Z")
_LOOK_BACK: Final = 12  # code points before a word in which a sentence may have ended


class Kind(StrEnum):
    """What an answer may have to hold."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


def asked_kind(question: str, language: str) -> Kind | None:
    """The kind that a question asks for; None when it asks for something else, or nothing shows it.

    Of several, the first decides: “who was president when …” asks who.

    Args:
        question: as typed, also without accents.
        language: ISO 639-1, the question's own.
    """
    known = language_of(language)
    asking = {Kind.NUMBER: known.asks_number, Kind.DATE: known.asks_date, Kind.NAME: known.asks_name}
    first = ((next(places(question, phrases, language), None), kind) for kind, phrases in asking.items())
    found = [(place[0].start, -len(place[0]), kind) for place, kind in first if place]
    return min(found)[-1] if found else None


def kind_counts(text: str, language: str) -> Counter[Kind]:
    """How many words of each kind a text holds; a year counts as a number too.

    Numbers are digits and number words; dates are years from 1000 to 2099 in digits, months and weekdays; names are
    words with a capital that do not begin a sentence.

    Args:
        text: any.
        language: ISO 639-1, the text's own.
    """
    found: Counter[Kind] = Counter()
    for word in words_in(text, language):
        before = text[max(word.start - _LOOK_BACK, 0) : word.start]
        found.update(_kinds(word, text[word.start : word.end], before, language))
    known = language_of(language)
    if known.unspaced:
        found[Kind.NUMBER] += sum(1 for _ in places(text, known.number_words, language))
        found[Kind.DATE] += sum(1 for _ in places(text, known.weekdays, language))
    return +found


def _kinds(word: Word, written: str, before: str, language: str) -> Iterator[Kind]:
    if word.term[:1].isdecimal():
        yield Kind.NUMBER
        if is_year(word.form) and len(written) == len(word.form):  # 2,000 is none
            yield Kind.DATE
    elif word.term.startswith("month-") or _is_listed(word.form, _weekdays(language), language):
        yield Kind.DATE
    elif _is_listed(word.form, _number_words(language), language):
        yield Kind.NUMBER
    elif len(word.form) > 1 and written[0].isupper() and not _SENTENCE_END.search(before):
        yield Kind.NAME


def _is_listed(form: str, listed: frozenset[str], language: str) -> bool:
    return form in listed or (bool(listed) and stem(form, language) in listed)


@cache
def _weekdays(language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in language_of(language).weekdays)


@cache
def _number_words(language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in language_of(language).number_words)
