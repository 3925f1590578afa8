"""Which filters does a question hold in words? “According to Asbarez”, “in April 2023”.

Words may be meant otherwise, so these are wishes: what passes them goes before what does not.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from retrieval.analysis import written_words
from retrieval.filters import Filters
from retrieval.languages import language_of
from retrieval.model import Span, Token
from retrieval.normalization import normal_form
from retrieval.numerals import is_day, is_year, month_term
from retrieval.segmentation import words_in
from retrieval.set_phrases import places

_MONTH: Final = "month-"
_APART: Final = 2  # words from a month to its year: "April of 2023"
_BETWEEN: Final = 3  # words between "according to" and the name at most: "the news agency"


def sources_in(
    question: str, language: str, named: Sequence[tuple[Span, tuple[str, ...]]]
) -> tuple[tuple[Filters, ...], list[Span]]:
    """Who is asked for: the publishers to whom the question's words give what is said; and those words.

    Args:
        question: as typed.
        language: ISO 639-1, its own.
        named: where in it publishers are named, and whom the name may mean.
    """
    known = language_of(language)
    before = [span for span, _ in places(question, known.credits, language)] if known.credits else []
    behind = [span for span, _ in places(question, known.credits_behind, language)] if known.credits_behind else []
    given = [
        (words, publishers)
        for name, publishers in named
        for words in (*before, *behind)
        if _is_near(question, *((words, name) if words in before else (name, words)))
    ]
    sources = tuple(dict.fromkeys(publisher for _, publishers in given for publisher in publishers))
    return ((Filters(sources=sources, natural=True),) if sources else ()), [words for words, _ in given]


def months_in(question: str, language: str) -> tuple[Filters, ...]:
    """The month of one year that the question is about; nothing for several, for a single day, or for “since”."""
    words = words_in(question, language)
    if not any(word.term.startswith(_MONTH) for word in words):
        return ()
    found = set(_months_of_years(words, language))
    if len(found) != 1 or not (only := found.pop()):
        return ()
    year, month = map(int, only)
    return (Filters(month=dt.date(year, month, 1), natural=True),)


def is_just_when(question: Iterable[tuple[str, frozenset[str]]], wish: Filters, language: str) -> bool:
    """Whether a question asks for nothing but what there was in a month.

    Args:
        question: its words: the form of each, and what it is looked up by.
        wish: the month.
        language: ISO 639-1, of the question.
    """
    light = frozenset(normal_form(word, language) for word in language_of(language).light)
    when = {month_term(wish.month.month), str(wish.month.year)} if wish.month else frozenset()
    return all(form in light or (terms and terms <= when) for form, terms in question)


def _months_of_years(words: Sequence[Token], language: str) -> Iterator[tuple[str, str] | None]:
    """The year and the month of each; None for a part of a date, or of a longer time."""
    for at, word in enumerate(words):
        year = _year_beside(words, at) if word.term.startswith(_MONTH) else None
        if year is None:
            continue
        first, last = sorted((at, year))
        around = [words[beside].form for beside in (first - 1, last + 1) if 0 <= beside < len(words)]
        days = [words[beside].form for beside in (at - 1, at + 1) if 0 <= beside < len(words) and beside != year]
        if any(map(is_day, days)) or not _bounds(language).isdisjoint(around):
            yield None
        else:
            yield words[year].form, word.term.removeprefix(_MONTH)


def _year_beside(words: Sequence[Token], at: int) -> int | None:
    near = [at + apart * side for apart in range(1, _APART + 1) for side in (1, -1)]
    return next((each for each in near if 0 <= each < len(words) and is_year(words[each].form)), None)


def _is_near(question: str, one: Span, other: Span) -> bool:
    """Whether the second of two places follows the first, with few words of one clause between them."""
    between = question[one.end : other.start]
    return one.end <= other.start and not set(between) & set(",;.?!") and len(written_words(between)) <= _BETWEEN


@cache
def _bounds(language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in language_of(language).bounds)
