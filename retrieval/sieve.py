"""Which paragraphs pass the filters of a question, and by which of their copies?"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

import numpy as np

from retrieval.analysis import Analyzer, written_words
from retrieval.collection import Collection
from retrieval.exact_phrases import exact_places, holds_all
from retrieval.filters import Filters
from retrieval.model import Paragraph, Span
from retrieval.numerals import month_term
from retrieval.periods import Period, period_of
from retrieval.same_text import date_of
from retrieval.sources import terms_of_publisher

_NOWHERE: Final = frozenset[str]()


class Sieve:
    """Filters that all must be passed. For one question; not to be shared between threads.

    Args:
        filters: of a month that is named in the question's own words a paragraph need only speak.
        collection: whose paragraphs are asked about.
    """

    def __init__(self, filters: Iterable[Filters], collection: Collection) -> None:
        self._filters = tuple(each for each in filters if each)
        self._collection = collection
        self._languages = collection.catalog.languages
        self._phrases = tuple(phrase for each in self._filters for phrase in each.phrases)
        excluded = [word for each in self._filters for word in each.excluded]
        barred = {word: self._term_sets(word) for word in excluded}
        self._barred_texts = [word for word, terms in barred.items() if any(len(each) != 1 for each in terms)]
        words = [terms for word, terms in barred.items() if word not in self._barred_texts]
        self._barred_publishers = {name for word in excluded for name in collection.sources.called_in_full(word)}
        self._passing: dict[int, tuple[Paragraph, ...]] = {}
        self.barred = frozenset[str]().union(*(each for terms in words for each in terms))
        """Terms that no passing paragraph holds."""

    def __bool__(self) -> bool:
        return bool(self._filters)

    @cached_property
    def required(self) -> tuple[frozenset[str], ...]:
        """Terms of which each passing paragraph holds one of each set; unknown to the index where nobody can pass."""
        sources = [
            frozenset(term for publisher in each.sources for term in terms_of_publisher(publisher))
            for each in self._filters
            if each.sources
        ]
        words = [word for phrase in self._phrases for word in written_words(phrase)]
        return (*sources, *filter(None, map(self._standing_for, words)))

    def sift(self, ordinals: Sequence[int]) -> set[int]:
        """Those of the paragraphs that pass."""
        new = [ordinal for ordinal in ordinals if ordinal not in self._passing]
        speaking = [self._speak_of(each, new) for each in self._filters]
        for ordinal in new:
            self._passing[ordinal] = tuple(self._passing_copies(ordinal, [ordinal in each for each in speaking]))
        return {ordinal for ordinal in ordinals if self._passing[ordinal]}

    def copies(self, ordinal: int) -> Sequence[Paragraph]:
        """Where a paragraph stands that passed, without its copies that do not; the oldest first."""
        return self._passing[ordinal] if self._filters else self._collection.copies(ordinal)

    def lets_article_pass(self, publisher: str | None, published: str) -> bool:
        """Whether an article passes of which this is known; its date in ISO form, as far as it is known."""
        return all(self._fits(publisher, published, each) for each in self._filters)

    def lets_new_text_pass(self, paragraph: Paragraph) -> bool:
        """The same as `lets_text_pass` for one that no index has looked through for single words."""
        terms = Analyzer(paragraph.language).terms(paragraph.text) if self.barred else ()
        return self.barred.isdisjoint(terms) and self.lets_text_pass(paragraph)

    def lets_text_pass(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph holds all phrases that it must hold, and none that it must not."""
        text, language = paragraph.text, paragraph.language
        if any(holds_all(text, [phrase], language) for phrase in self._barred_texts):
            return False
        return not self._phrases or holds_all(text, self._phrases, language)

    def phrases_in(self, paragraph: Paragraph) -> list[Span]:
        """Where its text holds the phrases, counted from its beginning."""
        return sorted(exact_places(paragraph.text, self._phrases, paragraph.language)) if self._phrases else []

    def _passing_copies(self, ordinal: int, speaks: Sequence[bool]) -> list[Paragraph]:
        copies = [
            copy
            for copy in self._collection.copies(ordinal)
            if all(
                self._fits(copy.article.publisher, date_of(copy.article), each, speaks=spoken)
                for each, spoken in zip(self._filters, speaks, strict=True)
            )
        ]
        return copies if copies and self.lets_text_pass(copies[0]) else []

    def _fits(self, publisher: str | None, published: str, filters: Filters, *, speaks: bool = False) -> bool:
        if publisher in self._barred_publishers or (filters.sources and publisher not in filters.sources):
            return False
        if not (filters.since or filters.before or filters.month):
            return True
        appeared = period_of(published)
        if filters.month and not (speaks or (appeared and _is_in(appeared, filters.month))):
            return False
        if filters.since and not (appeared and filters.since <= appeared.first):
            return False
        return not filters.before or bool(appeared and appeared.after <= filters.before)

    def _speak_of(self, filters: Filters, ordinals: Sequence[int]) -> set[int]:
        """Those of the paragraphs that name the month which the question names; none where it names none."""
        if not filters.month or not ordinals:
            return set()
        terms = (month_term(filters.month.month), str(filters.month.year))
        named = [self._collection.paragraphs.number(term) for term in terms]
        if None in named:
            return set()
        reading = self._collection.paragraphs.read(ordinals)
        holding = [set(np.unique(reading.owners[reading.terms == number]).tolist()) for number in named]
        return {ordinals[at] for at in set.intersection(*holding)}

    def _standing_for(self, word: str) -> frozenset[str]:
        """Terms of which a paragraph holds one that holds the word; none where a language has no term for it."""
        variants = (word, word.lower(), word.capitalize())
        terms = [{term for each in variants for term in Analyzer(code).terms(each)} for code in self._languages]
        return frozenset().union(*terms) if all(terms) else _NOWHERE

    def _term_sets(self, word: str) -> list[frozenset[str]]:
        """What a word counts as in each language of the articles."""
        return [frozenset(Analyzer(code).terms(word)) for code in self._languages]


def _is_in(period: Period, month: dt.date) -> bool:
    """Whether all of it is in the month."""
    return month <= period.first and period.after <= Period.of_month(month).after
