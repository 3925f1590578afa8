"""Which days does a date stand for, as people type it and as articles carry it?"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from retrieval.normalization import ascii_digits
from retrieval.numerals import is_day, is_year
from retrieval.segmentation import words_in

_MONTHS: Final = 12
_CENTURY: Final = 2000  # what "23" is the twenty-third year of
_YEAR_FIRST: Final = regex.compile(r"(?P<year>[0-9]{4})(?:[-./](?P<month>[0-9]{1,2})(?:[-./](?P<day>[0-9]{1,2}))?)?")
_DAY_FIRST: Final = regex.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4}|[0-9]{2})")
_MONTH_FIRST: Final = regex.compile(r"(?P<month>[0-9]{1,2})[-./](?P<year>[0-9]{4})")
_EITHER_FIRST: Final = regex.compile(r"(?P<one>[0-9]{1,2})([-/])(?P<other>[0-9]{1,2})\2(?P<year>[0-9]{4})")
_MOST_WORDS: Final = 3
_WRITTEN_IN: Final = ("en", "ru", "tr", "az", "hy")  # whatever the question's language is


class Period(NamedTuple):
    """Days in a row: the first of them, and the one after the last."""

    first: dt.date
    after: dt.date

    @classmethod
    def of_month(cls, day: dt.date) -> "Period":
        """The month that a day is in."""
        first = day.replace(day=1)
        return cls(first, (first + dt.timedelta(days=31)).replace(day=1))


@lru_cache(maxsize=1 << 12)
def period_of(typed: str) -> Period | None:
    """The days of a date in digits: a year, a month or a day; None for what is none, or could be two.

    ``2023``, ``2023-04``, ``2023-04-12``, also with points or slashes; ``12.04.2023``, ``12.04.23`` and ``04.2023``;
    ``25/04/2023`` and ``04/25/2023``, but not ``04/05/2023``, which is another day in America.
    """
    digits = ascii_digits(typed.strip().rstrip("."))
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(digits):
            parts = {name: int(part) for name, part in match.groupdict().items() if part}
            year = parts["year"] if len(match["year"]) == len("2023") else _CENTURY + parts["year"]
            return _period(year, parts.get("month"), parts.get("day"))
    match = _EITHER_FIRST.fullmatch(digits)
    return _either_first(int(match["one"]), int(match["other"]), int(match["year"])) if match else None


def period_in_words(typed: str, languages: Iterable[str]) -> Period | None:
    """The days of a date with a month in words, like ``April 2023`` or ``12 апреля 2023``; None for what is none.

    Args:
        typed: the whole of it.
        languages: ISO 639-1 codes, in which else to read it.
    """
    if len(typed.split()) > _MOST_WORDS:
        return None
    found = (_in_language(typed, code) for code in dict.fromkeys((*languages, *_WRITTEN_IN)))
    return next((period for period in found if period), None)


@lru_cache(maxsize=1 << 8)
def _in_language(typed: str, language: str) -> Period | None:
    terms = [word.term or word.form for word in words_in(typed, language)]
    months = [term for term in terms if term.startswith("month-")]
    years = [term for term in terms if is_year(term)]
    days = [term for term in terms if is_day(term)]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(terms) != 2 + len(days):
        return None
    return _period(int(years[0]), int(months[0].removeprefix("month-")), int(days[0]) if days else None)


def _either_first(one: int, other: int, year: int) -> Period | None:
    if one != other and max(one, other) <= _MONTHS:
        return None
    return _period(year, other, one) if other <= _MONTHS else _period(year, one, other)


def _period(year: int, month: int | None, day: int | None) -> Period | None:
    if not is_year(str(year)):
        return None
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Period(first, first + dt.timedelta(days=1))
    if month:
        return Period.of_month(first)
    return Period(first, dt.date(year + 1, 1, 1))
