"""What may a question ask for beside its words, and what of it was understood?"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Order(StrEnum):
    """In which order the passages of an answer are shown."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must be for an answer to show it. Falsy when it may be anything.

    Attributes:
        since: day from which on its article appeared, that day included; None where any will do.
        before: day before which its article appeared, that day excluded; None where any will do.
        sources: publishers as the articles name them; one of them published it. Empty where anybody may have.
        phrases: what stands in it word for word, as typed.
        excluded: words and phrases that do not stand in it, as typed.
        month: first day of the month in which its article appeared or that it names; None where any will do.
        natural: whether some of it was said in the question's own words (“according to Asbarez”, “in April 2023”),
            not in signs that can mean nothing else (``source:``, ``since:``).
    """

    since: dt.date | None = None
    before: dt.date | None = None
    sources: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    month: dt.date | None = None
    natural: bool = False

    def __bool__(self) -> bool:
        return bool(self.since or self.before or self.sources or self.phrases or self.excluded or self.month)


NOTHING: Final = Filters()
"""What lets everything pass."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a question beyond its words, so that it can be said. Falsy when it is just its words.

    Attributes:
        filters: that the passages of the answer passed, or with `nothing_passes` none did.
        follows: the earlier question whose subject this one is about; None where it has its own.
        dropped: filters in the question's own words that nothing passed; the answer was given without them.
        nothing_passes: whether there are no passages because of the filters.
        unreadable: filters that could not be read, as typed; the answer was given without them.
        unknown_sources: publishers that were asked for, as typed, and of whom there is no article.
        known_sources: with unknown ones, some of whom there are articles.
    """

    filters: Filters = NOTHING
    follows: str | None = None
    dropped: Filters = NOTHING
    nothing_passes: bool = False
    unreadable: tuple[str, ...] = ()
    unknown_sources: tuple[str, ...] = ()
    known_sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Understood()


JUST_WORDS: Final = Understood()
"""Of a question that asks for nothing beside its words."""
