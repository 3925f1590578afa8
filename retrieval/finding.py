"""Which paragraphs fit a question and pass its filters?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from retrieval.answers import Match
from retrieval.collection import Collection
from retrieval.filters import NOTHING, Filters
from retrieval.model import Article, Paragraph
from retrieval.question import Question
from retrieval.ranking import Fit, Ranking
from retrieval.sieve import Sieve

KEPT: Final = 0.4
"""Share of the best paragraph's score from which on others are shown beside it."""

_COMPARED: Final = 3  # paragraphs, the best, of which one may be there for its publisher's name only


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question.

    Attributes:
        hits: the best first.
        sieve: that they passed.
        filters: the same as filters that can be told.
        dropped: filters in the question's own words that nothing near the best passed.
        nothing_passes: whether something would be found without the filters, and nothing is with them.
    """

    hits: list[Fit]
    sieve: Sieve
    filters: Filters = NOTHING
    dropped: Filters = NOTHING
    nothing_passes: bool = False


class Finder:
    """Finds paragraphs of one collection. Never changed once built, safe to share between threads."""

    def __init__(self, collection: Collection, ranking: Ranking) -> None:
        self._collection = collection
        self._ranking = ranking

    def find(self, question: Question, limit: int) -> Found:
        """The paragraphs that fit best of those that pass; wishes are dropped that would keep the best away.

        Args:
            question: as it was understood.
            limit: at most so many, at least 1.
        """
        parts = [question.filters] if question.filters else []
        sieve = Sieve(parts, self._collection)
        hits = self._ranking.search(question, limit, sieve if parts else None)
        dropped = []
        for wish in question.wishes if hits else ():
            wished = Sieve([*parts, wish], self._collection)
            fitting = self._ranking.search(question, limit, wished)
            if fitting and self._tells(question, fitting) >= self._tells(question, hits) * KEPT:
                parts, sieve, hits = [*parts, wish], wished, fitting
            else:
                dropped.append(wish)
        barred = not hits and bool(parts) and bool(self._ranking.search(question, 1))
        return Found(hits, sieve, together(parts), together(dropped), barred)

    def _tells(self, question: Question, hits: Sequence[Fit]) -> float:
        """The best score without what the names of publishers add to it: who says it does not tell what."""
        names = [word for word in question.words if any(each.match is Match.PUBLISHER for each in word.terms)]
        if not names:
            return hits[0].score
        written = {text for word in names for text in (word.text, word.form)}
        return max(
            fit.score
            - math.fsum(part.score for part in self._ranking.explain(question, fit.ordinal) if part.word in written)
            for fit in hits[:_COMPARED]
        )

    def newest(self, filters: Filters, limit: int) -> list[Paragraph]:
        """The first passing paragraph of each of the newest articles that pass, the newest first."""
        sieve = Sieve([filters], self._collection)
        articles = self._collection.catalog.newest(limit, sieve.lets_article_pass)
        found = (_first(article, sieve) for article in articles)
        return [paragraph for paragraph in found if paragraph]


def _first(article: Article, sieve: Sieve) -> Paragraph | None:
    return next(filter(sieve.lets_new_text_pass, article.paragraphs()), None)


def together(filters: Sequence[Filters]) -> Filters:
    """All of some filters as one."""
    if not filters:
        return NOTHING
    since = [each.since for each in filters if each.since]
    before = [each.before for each in filters if each.before]
    return Filters(
        since=max(since, default=None),
        before=min(before, default=None),
        sources=_each_once(name for each in filters for name in each.sources),
        phrases=_each_once(phrase for each in filters for phrase in each.phrases),
        excluded=_each_once(word for each in filters for word in each.excluded),
        month=next((each.month for each in filters if each.month), None),
        natural=any(each.natural for each in filters),
    )


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
