"""The use case: a question in, an answer out."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import regex

from retrieval.analysis import Analyzer
from retrieval.answers import MOST_PASSAGES, Answer, Band, Contribution, Evidence, Passage, QuestionWord, Ranked
from retrieval.collection import Collection
from retrieval.confidence import (
    FEWEST,
    MOST,
    band,
    confidence,
    coverage,
    share_of_names_missing,
    share_unknown,
)
from retrieval.corpus import Corpus
from retrieval.filters import NOTHING, Filters, Order, Understood
from retrieval.finding import KEPT, Finder, together
from retrieval.lookup import Lookup
from retrieval.memory.collection import MemoryCollection
from retrieval.model import Article, Span
from retrieval.passages import quote
from retrieval.question import Question, QuestionReader
from retrieval.ranking import Fit, Ranking
from retrieval.same_text import date_of
from retrieval.sieve import Sieve
from retrieval.standing import Standing, standing
from retrieval.surroundings import Surroundings, around
from retrieval.timeline import LOOKED_THROUGH, Timeline, timeline_of

_NEAREST: Final = 3  # articles that are named where none of them answers


class Retriever:
    """Answers questions from one version of a corpus. Immutable, safe to share between threads.

    The same text in several articles is indexed once, for the oldest of them.

    Args:
        source: what may be quoted; a corpus is indexed in memory first.
    """

    def __init__(self, source: Corpus | Collection) -> None:
        self.collection: Collection = MemoryCollection(source) if isinstance(source, Corpus) else source
        self.catalog = self.collection.catalog
        self._reader = QuestionReader(
            self.collection.index,
            Lookup(self.collection.dictionary),
            self.catalog.languages,
            self.collection.other_names,
            self.collection.sources,
        )
        self._ranking = Ranking(self.collection.index, self.collection.paragraphs)
        self._finder = Finder(self.collection, self._ranking)
        self._newest = self.catalog.newest(_NEAREST)

    def answer(
        self,
        question: str,
        limit: int = 3,
        asked_on: dt.date | None = None,
        *,
        offset: int = 0,
        order: Order = Order.BEST,
        previous: str | None = None,
    ) -> Answer:
        """The passages that answer a question, or the words that no article contains.

        The same question to the same corpus gets the same answer, on whatever day; unless it speaks of that day itself
        ("this week"). What is said of the answer as a whole is the same on all its pages.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            limit: at most so many passages, at least 1.
            asked_on: the day of asking.
            offset: how many passages stand on the pages before, at least 0.
            order: in which the passages that were found are shown.
            previous: what was asked before, which a question without a subject of its own is about.

        Raises:
            ValueError: the limit or the offset is out of its range.
        """
        if offset < 0 or limit < 1:
            raise ValueError(f"limit must be at least 1 and offset at least 0, not {limit} and {offset}")
        read = self._reader.read(question, asked_on, previous)
        if (newest := self._newest_that_pass(read, question)) is not None:
            return replace(newest, passages=newest.passages[offset : offset + limit])
        found = self._finder.find(read, max(limit, MOST_PASSAGES))
        hits = _near_the_best(found.hits)
        best = self._passages(read, hits[:1], found.sieve)
        held = self.collection.terms_of(hits[0].ordinal) if hits else frozenset()
        evidence = self._evidence(read, hits[0], best[0], held) if hits else None
        sure = confidence(evidence)
        reached = band(sure)
        shown = reached is not Band.NONE
        page = _in_order(hits, order, found.sieve)[offset : offset + limit] if shown else []
        passages = tuple(best[0] if rank == 1 else self._passage(read, hit, rank, found.sieve) for rank, hit in page)
        lacking = [word for word in read.words if not word.share_in(held)]
        return Answer(
            question=question,
            language=read.language,
            band=reached,
            corpus_version=self.catalog.version,
            searched_words=tuple(word.text for word in read.words),
            missing_terms=tuple(word.text for word in lacking if word.is_misspelt or not word.is_known),
            lacking_terms=tuple(word.text for word in lacking if word.is_known and not word.is_misspelt),
            did_you_mean=_corrected(read, (*best, *passages)) if shown else None,
            confidence=sure,
            evidence=evidence,
            passages=passages,
            nearest=() if shown else self._nearest(self._passages(read, hits[:limit], found.sieve)),
            found=len(hits) if shown else 0,
            understood=self._understood(read, found.filters, found.dropped, nothing_passes=found.nothing_passes),
        )

    def passages(self, question: str, limit: int, asked_on: dt.date | None = None) -> tuple[Passage, ...]:
        """The passages of the paragraphs that fit a question best, best first, whether or not they answer it.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            limit: at most so many, at least 1.
            asked_on: the day of asking.
        """
        read = self._reader.read(question, asked_on)
        found = self._finder.find(read, limit)
        return self._passages(read, found.hits, found.sieve)

    def rank(self, question: str, limit: int, asked_on: dt.date | None = None) -> tuple[Ranked, ...]:
        """The paragraphs that fit a question best, best first, whether or not they answer it.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            limit: at most so many, at least 1.
            asked_on: the day of asking.
        """
        found = self._finder.find(self._reader.read(question, asked_on), limit)
        return tuple(Ranked(found.sieve.copies(hit.ordinal)[0], hit.ordinal, hit.score) for hit in found.hits)

    def around(
        self, sha256: str, span: Span, before: int, after: int, *, article_id: str | None = None
    ) -> Surroundings | None:
        """What stands around a quote; see `retrieval.surroundings.around`."""
        return around(self.catalog, sha256, span, before, after, article_id=article_id)

    def standing(self, article_id: str, sha256: str, span: Span, text: str) -> Standing:
        """What became of a quote that was shown; see `retrieval.standing.standing`."""
        return standing(self.catalog, article_id, sha256, span, text)

    def timeline(self, topic: str, limit: int = 15, asked_on: dt.date | None = None) -> Timeline:
        """Dated quotes on a topic, the oldest first.

        Args:
            topic: is read as a question is.
            limit: at most so many quotes, at least 1.
            asked_on: the day of asking.

        Raises:
            ValueError: the limit is out of its range.
        """
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        return timeline_of(self.answer(topic, LOOKED_THROUGH, asked_on), limit)

    def explain(self, question: str, ordinal: int, asked_on: dt.date | None = None) -> tuple[Contribution, ...]:
        """What makes up the score of one paragraph for a question asked on some day, by field and word."""
        return self._ranking.explain(self._reader.read(question, asked_on), ordinal)

    def _evidence(self, question: Question, hit: Fit, passage: Passage, terms: frozenset[str]) -> Evidence:
        return Evidence(
            paragraph=coverage(question.words, terms),
            sentence=passage.sentence_coverage,
            letters=hit.letters,
            unknown=share_unknown(question.words),
            names_missing=share_of_names_missing(question.words, terms),
            words=math.log1p(len(question.words)),
            paragraphs=math.log(min(max(len(self.collection.paragraphs), FEWEST), MOST)),
        )

    def _newest_that_pass(self, read: Question, question: str) -> Answer | None:
        """The answer to filters without a word: the beginnings of the newest articles that pass; None for a question.

        A question for nothing but what there was in some month is one, too, if articles appeared then.
        """
        if read.words and not read.wishes:
            return None
        wanted = together([read.filters, *read.just_when])
        paragraphs = self._finder.newest(wanted, MOST_PASSAGES) if read.just_when or not read.words else []
        if not wanted or not (paragraphs or not read.words):
            return None
        passages = tuple(
            quote(paragraph, Analyzer(paragraph.language).tokens(paragraph.text), read, 0.0, rank=rank)
            for rank, paragraph in enumerate(paragraphs, start=1)
        )
        return Answer(
            question=question,
            language=read.language,
            band=Band.FOUND if passages else Band.NONE,
            corpus_version=self.catalog.version,
            confidence=float(bool(passages)),
            passages=passages,
            nearest=() if passages else self._newest,
            found=len(passages),
            understood=self._understood(read, wanted, nothing_passes=not passages),
        )

    def _understood(
        self, read: Question, filters: Filters, dropped: Filters = NOTHING, *, nothing_passes: bool
    ) -> Understood:
        return Understood(
            filters=filters,
            follows=read.follows,
            dropped=dropped,
            nothing_passes=nothing_passes,
            unreadable=read.unreadable,
            unknown_sources=read.unknown_sources,
            known_sources=self.collection.sources.publishers if read.unknown_sources else (),
        )

    def _passages(self, question: Question, hits: Sequence[Fit], sieve: Sieve) -> tuple[Passage, ...]:
        return tuple(
            self._passage(question, hit, rank, sieve) for rank, hit in enumerate(_near_the_best(hits), start=1)
        )

    def _passage(self, question: Question, hit: Fit, rank: int, sieve: Sieve) -> Passage:
        first, *others = sieve.copies(hit.ordinal)
        # Copies may differ in what parts their words, and so in where these stand.
        same = first is self.collection.copies(hit.ordinal)[0]
        tokens = self.collection.tokens(hit.ordinal) if same else Analyzer(first.language).tokens(first.text)
        phrases = sieve.phrases_in(first)
        return quote(first, tokens, question, hit.score, also_in=others, rank=rank, phrases=phrases)

    def _nearest(self, passages: Iterable[Passage]) -> tuple[Article, ...]:
        """The articles of the passages, and then the newest, as far as there is room."""
        articles = {passage.article.id: passage.article for passage in passages}
        articles |= {article.id: article for article in self._newest if article.id not in articles}
        return tuple(articles.values())[:_NEAREST]


def _near_the_best(hits: Sequence[Fit]) -> list[Fit]:
    """Without what fits much worse than the best, which is no answer for standing beside it."""
    return [hit for hit in hits if hit.score >= hits[0].score * KEPT]


def _in_order(hits: Sequence[Fit], order: Order, sieve: Sieve) -> list[tuple[int, Fit]]:
    """The hits with their ranks, as they are shown."""
    ranked = list(enumerate(hits, start=1))
    if order is Order.NEWEST:
        ranked.sort(key=lambda each: date_of(sieve.copies(each[1].ordinal)[0].article), reverse=True)
    return ranked


def _corrected(question: Question, passages: Sequence[Passage]) -> str | None:
    """The question with its misspelt words as the passages write them; None where no passage rests on one."""
    corrected = question.text
    for word in question.words:
        if word.is_misspelt and word.is_known and (meant := next(_written(word, passages), None)):
            corrected = regex.sub(rf"(?<!\w){regex.escape(word.text)}(?!\w)", meant.replace("\\", ""), corrected)
    return None if corrected == question.text else corrected


def _written(word: QuestionWord, passages: Iterable[Passage]) -> Iterator[str]:
    """How the passages write what a word stands for, the best first."""
    terms = frozenset(each.term for each in word.terms)
    for passage in passages:
        analyzer = Analyzer(passage.language)
        for span in passage.highlights:
            written = span.of(passage.article.body)
            if not terms.isdisjoint(analyzer.terms(written)):
                yield written
