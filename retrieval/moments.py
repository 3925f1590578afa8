"""Which words of a question speak of the moment of asking, and how far back do they reach? No clock is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from retrieval.languages import language_of
from retrieval.model import Span
from retrieval.set_phrases import folded, places


@dataclass(frozen=True, slots=True)
class Moment:
    """Words such as “this week” in a question.

    Attributes:
        span: of the words in the question; they are not searched for.
        days_ago: how many days before the day of asking an article that is meant may have appeared, at most.
    """

    span: Span
    days_ago: int


def moments_in(question: str, language: str) -> tuple[Moment, ...]:
    """The words of a question that speak of the moment of asking, in order; mostly none.

    Args:
        question: as typed, also without accents.
        language: ISO 639-1, the question's own.
    """
    reach = _reach(language)
    return tuple(Moment(span, reach[phrase]) for span, phrase in places(question, reach, language)) if reach else ()


@cache
def _reach(language: str) -> Mapping[str, int]:
    """How far back each phrase of a language reaches, the phrase without its marks."""
    return {folded(phrase): days for phrase, days in language_of(language).moments.items()}
