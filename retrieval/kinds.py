"""Which kind of answer does a question ask for, and how much of each kind does a text hold?"""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Final

import regex

from retrieval.languages import language_of
from retrieval.model import Span, Token
from retrieval.normalization import normal_form
from retrieval.numerals import is_year
from retrieval.set_phrases import places
from retrieval.stemming import stem

_SENTENCE_END: Final = regex.compile(r"(?:^|[!?…:\n]|(?<!\b\p{Lu}\p{L}{0,2})\.)[\s\p{Pi}\p{Ps}\"'–—-]*\Z")
_LOOK_BACK: Final = 12  # code points before a word in which a sentence may have ended


class Kind(StrEnum):
    """What an answer may have to hold."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


_A_NAME: Final = (Kind.NAME,)


def asking_phrase(question: str, language: str) -> tuple[Span, Kind] | None:
    """The words that ask for a kind of answer (“how long”), and the kind; their words say nothing of the answer.

    None when it asks for something else, or nothing shows it. Of several phrases the first decides: “who was president
    when …” asks who.

    Args:
        question: as typed, also without accents.
        language: ISO 639-1, the question's own.
    """
    known = language_of(language)
    asking = {Kind.NUMBER: known.asks_number, Kind.DATE: known.asks_date, Kind.NAME: known.asks_name}
    first = ((next(places(question, phrases, language), None), kind) for kind, phrases in asking.items())
    found = [(place[0].start, -len(place[0]), place[0], kind) for place, kind in first if place]
    return min(found)[2:] if found else None


def kind_counts(text: str, language: str, found: Iterable[tuple[int, tuple[Kind, ...]]]) -> Counter[Kind]:
    """How many words of each kind a text holds.

    Args:
        text: any.
        language: ISO 639-1, the text's own.
        found: where what is written as one word begins, and what `kinds_of` says of it. A name that begins a sentence
            is none.
    """
    counts = Counter(
        kind for at, kinds in found if not (kinds == _A_NAME and _begins_sentence(text, at)) for kind in kinds
    )
    known = language_of(language)
    if known.unspaced:
        counts[Kind.NUMBER] += sum(1 for _ in places(text, known.number_words, language))
        counts[Kind.DATE] += sum(1 for _ in places(text, known.weekdays, language))
    return +counts


def kinds_of(words: Iterable[Token], written: str, language: str) -> tuple[Kind, ...]:
    """The kinds of words; a year counts as a number too.

    Numbers are digits and number words; dates are years from 1000 to 2099 in digits, months and weekdays; names are
    words with a capital, of which one may yet turn out to begin a sentence.

    Args:
        words: as `retrieval.segmentation.read` has them.
        written: what they were read in.
        language: ISO 639-1, the text's own.
    """
    return tuple(kind for word in words for kind in _kinds_of(word, written, language))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - _LOOK_BACK, 0) : start]
    # A word behind a word does not, and most words are.
    return not (before[-1:] == " " and before[-2:-1].isalnum()) and bool(_SENTENCE_END.search(before))


def _kinds_of(word: Token, written: str, language: str) -> Iterator[Kind]:
    if word.term[:1].isdecimal():
        yield Kind.NUMBER
        if is_year(word.term) and word.end - word.start == len(word.term):  # not 2,000
            yield Kind.DATE
    elif word.term.startswith("month-") or _names_a_day(word, written, language):
        yield Kind.DATE
    elif _is_listed(word.form, _number_words(language), language):
        yield Kind.NUMBER
    elif len(word.form) > 1 and written[0].isupper():
        yield Kind.NAME


def _names_a_day(word: Token, written: str, language: str) -> bool:
    """A weekday, or a month that is shortened: with a capital it hardly is another word."""
    shortened = written[0].isupper() and word.form in language_of(language).short_months
    return shortened or _is_listed(word.form, _weekdays(language), language)


def _is_listed(form: str, listed: frozenset[str], language: str) -> bool:
    return form in listed or (bool(listed) and stem(form, language) in listed)


@cache
def _weekdays(language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in language_of(language).weekdays)


@cache
def _number_words(language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in language_of(language).number_words)
