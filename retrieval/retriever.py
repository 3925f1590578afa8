"""The use case: a question in, an answer out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

import regex

from retrieval.analysis import Analyzer, question_language, question_words, same_words, written_words
from retrieval.confidence import band, weights
from retrieval.corpus import Corpus
from retrieval.index import Index
from retrieval.model import Answer, Band, Contribution, Paragraph, Passage, QuestionWord, Ranked
from retrieval.okapi import OkapiIndex
from retrieval.passages import Wanted, quote
from retrieval.spelling import Spelling

QUESTION_LIMIT: Final = 500
"""Code points of a question that are read; what stands beyond them is kept but not searched for."""

_CORRECTED: Final = 4  # unknown words that are looked up by likeness; each costs about as much as a whole search

IndexBuilder = Callable[[Sequence[Sequence[str]]], Index]


class Retriever:
    """Answers questions from one version of a corpus. Immutable, safe to share between threads.

    The same text in several articles is indexed once, for the oldest of them.

    Args:
        corpus: what may be quoted.
        build: makes the index from the terms of each paragraph.
    """

    def __init__(self, corpus: Corpus, build: IndexBuilder = OkapiIndex) -> None:
        self.corpus = corpus
        self._copies = _grouped(corpus.paragraphs())
        self._languages = corpus.languages
        self._index = build([Analyzer(first.article.language).terms(first.text) for first, *_ in self._copies])
        self._spelling = Spelling(word for first, *_ in self._copies for word in written_words(first.text))

    def answer(self, question: str, limit: int = 3) -> Answer:
        """The passages that answer a question, or the words that no article contains.

        The same question to the same corpus gets the same answer.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            limit: at most so many passages, at least 1.
        """
        answer = self._search(question, limit)
        if answer.band is Band.FOUND or not answer.missing_terms:
            return answer
        return replace(answer, did_you_mean=self._did_you_mean(answer, limit))

    def rank(self, question: str, limit: int) -> tuple[Ranked, ...]:
        """The paragraphs that fit a question best, best first, whether or not they answer it.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            limit: at most so many, at least 1.
        """
        hits = self._index.search(_terms(self._words(question)), limit)
        return tuple(Ranked(self._copies[hit.ordinal][0], hit.ordinal, hit.score) for hit in hits)

    def explain(self, question: str, ordinal: int) -> tuple[Contribution, ...]:
        """What makes up the score of one paragraph for a question, in the order of the question's words."""
        return tuple(
            Contribution("words", word.text, term, score)
            for word in self._words(question)
            for term in word.terms
            if (score := self._index.explain(term, ordinal))
        )

    def _search(self, question: str, limit: int) -> Answer:
        language = question_language(_readable_part(question), self._languages)
        words = self._words(question)
        passages = self._passages(Wanted(words, weights(words, self._index)), limit)
        covered = max((passage.coverage for passage in passages), default=0.0)
        reached = band(covered)
        return Answer(
            question=question,
            language=language,
            band=reached,
            corpus_version=self.corpus.version,
            searched_words=tuple(word.text for word in words),
            missing_terms=tuple(word.text for word in words if not self._knows(word)),
            confidence=covered,
            passages=() if reached is Band.NONE else passages,
        )

    def _words(self, question: str) -> tuple[QuestionWord, ...]:
        read = _readable_part(question)
        return question_words(read, self._languages, question_language(read, self._languages))

    def _passages(self, wanted: Wanted, limit: int) -> tuple[Passage, ...]:
        hits = self._index.search(_terms(wanted.words), limit)
        quoted = (
            quote(first, wanted, hit.score, copies) for hit in hits for first, *copies in [self._copies[hit.ordinal]]
        )
        # A passage that would be no answer by itself does not become one by standing beside another.
        return tuple(passage for passage in quoted if band(passage.coverage) is not Band.NONE)

    def _knows(self, word: QuestionWord) -> bool:
        return any(self._index.document_frequency(term) for term in word.terms)

    def _did_you_mean(self, answer: Answer, limit: int) -> str | None:
        """The question with its unknown words replaced by their nearest known ones, if that covers more of it."""
        corrected = _readable_part(answer.question)
        for word in answer.missing_terms[:_CORRECTED]:
            nearest = self._spelling.nearest(word)
            if nearest:
                corrected = regex.sub(rf"(?<!\w){regex.escape(word)}(?!\w)", nearest, corrected)
        if corrected == _readable_part(answer.question):
            return None
        better = self._search(corrected, limit)
        return corrected if _best_coverage(better) > _best_coverage(answer) else None


def _terms(words: Iterable[QuestionWord]) -> list[str]:
    return [term for word in words for term in word.terms]


def _readable_part(question: str) -> str:
    """The question, or as many whole words of a long one as are read."""
    head = question[:QUESTION_LIMIT]
    return head if head == question else head.rpartition(" ")[0] or head


def _best_coverage(answer: Answer) -> float:
    return max((passage.coverage for passage in answer.passages), default=0.0)


def _grouped(paragraphs: Iterable[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs with the same words together, one an article, the oldest first; in the order of the corpus."""
    groups: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        key = same_words(paragraph.text) or f"{paragraph.article.id} {paragraph.span}"
        if all(other.article is not paragraph.article for other in groups[key]):
            groups[key].append(paragraph)
    return [sorted(group, key=_age) for group in groups.values()]


def _age(paragraph: Paragraph) -> tuple[bool, str, str]:
    published = paragraph.article.published
    return (published is None, published.iso if published else "", paragraph.article.path)
