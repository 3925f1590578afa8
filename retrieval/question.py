"""What is asked for? From a question as it was typed to the terms of the articles that are looked up."""

import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel

from retrieval.analysis import Analyzer, AskedWord, question_language, question_words
from retrieval.answers import Match, QuestionWord, WantedTerm
from retrieval.bm25 import idf
from retrieval.collection import Names
from retrieval.index import Index
from retrieval.kinds import Kind, asking_phrase
from retrieval.languages import language_of, not_searched_for
from retrieval.lookup import Lookup
from retrieval.model import Span
from retrieval.moments import moments_in
from retrieval.sources import Sources
from retrieval.transliteration import bare

QUESTION_LIMIT: Final = 500
"""Code points of a question that are read; what stands beyond them is kept but not searched for."""

_REMEMBERED: Final = 1 << 10  # other names; people ask about the same things
_SHORTEST_SLIP: Final = 3
_FOREIGN: Final = 0.25  # weight of an unknown word in a language of no article: that it is unknown says little


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: the part that was read.
        language: ISO 639-1 code.
        words: those that are worth searching for, each once, in order.
        kind: what an answer must hold, as far as the question shows it.
        since: from which day on an article must have appeared for words like “this week”; None without any.
        asked_on: the day of asking; None where it is not known.
        follows: the earlier question that some of the words are from; None where all are its own.
        terms: all that is looked up.
    """

    text: str
    language: str
    words: tuple[QuestionWord, ...]
    kind: Kind | None = None
    since: dt.date | None = None
    asked_on: dt.date | None = None
    follows: str | None = None
    terms: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", frozenset(each.term for word in self.words for each in word.terms))


class QuestionReader:
    """Reads questions as one corpus understands them.

    Args:
        index: of the corpus's paragraphs, which tells how rare a term is.
        lookup: of the same paragraphs.
        languages: of the articles, the prevailing one first.
        aliases: what else things are called.
        sources: the publishers that a question may name.
    """

    def __init__(
        self, index: Index, lookup: Lookup, languages: Sequence[str], aliases: Names, sources: Sources
    ) -> None:
        self._index = index
        self._lookup = lookup
        self._languages = tuple(languages)
        self._aliases = aliases
        self._sources = sources
        self._other_name = lru_cache(maxsize=_REMEMBERED)(self._read_other_name)
        # Typed in Latin letters or without diacritics, a word without meaning is not in any list.
        self._plain_function_words = frozenset(
            bare(word) for code in self._languages for word in not_searched_for(code)
        )

    def read(self, question: str, asked_on: dt.date | None = None, previous: str | None = None) -> Question:
        """What a question asks for.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            asked_on: the day of asking, which “this week” counts from.
            previous: what was asked before; a question without words of its own has those.
        """
        own = self._read(question, asked_on)
        if own.words or previous is None:
            return own
        earlier = self._read(previous, asked_on)
        return replace(own, words=earlier.words, follows=previous) if earlier.words else own

    def _read(self, question: str, asked_on: dt.date | None) -> Question:
        text = _readable_part(question)
        language = question_language(text, self._languages)
        named = self._named(text, language)
        moments, asking_for = moments_in(text, language), asking_phrase(text, language)
        said = [moment.span for moment in moments]
        if asking_for and asking_for[1] is Kind.NUMBER:  # "how long" is not about length; "what year" is about a year
            said.append(asking_for[0])
        asked = list(question_words(text, self._languages, language, said))
        # "What did WHO say?": a name that reads like a function word is searched for by its other names.
        asked += [
            AskedWord(span, span.of(text).lower(), ())
            for span, _ in named
            if all(word.span not in span for word in asked)
        ]
        asking = language_of(language).question_words
        words: dict[str, QuestionWord] = {}
        for each in sorted(asked):
            other = [term for span, terms in named if each.span in span for term in terms]
            word = self._word(text, each, other, foreign=language not in self._languages)
            if other or word.is_sure or not self._is_function_word(word.form, asking):
                words.setdefault(word.form, word)
        back = max((moment.days_ago for moment in moments), default=None)
        since = _days_before(asked_on, back) if asked_on and back is not None else None
        return Question(text, language, tuple(words.values()), asking_for[1] if asking_for else None, since, asked_on)

    def _is_function_word(self, form: str, asking: AbstractSet[str]) -> bool:
        return bare(form) in self._plain_function_words or _is_slip(form, asking)

    def _named(self, text: str, language: str) -> list[tuple[Span, list[WantedTerm]]]:
        """Where the question names a publisher, or a thing that has other names, and what to look up for that."""
        publishers = [
            (span, [WantedTerm(term, Match.PUBLISHER, 1.0)])
            for span, term in self._sources.named(text, language).items()
            if self._index.document_frequency(term)
        ]
        things = [
            (each.span, [term for phrase in each.phrases for term in self._other_name(phrase, each.span.of(text))])
            for each in self._aliases.alternatives(text, language)
        ]
        return publishers + things

    def _read_other_name(self, phrase: str, name: str) -> tuple[WantedTerm, ...]:
        """The terms of another name, if the articles hold them all, each with its share of the name.

        Nothing for a name that only adds words to the one that was asked for: that one is found by itself.
        """
        found: list[WantedTerm] = []
        for code in self._languages:
            analyzer = Analyzer(code)
            terms = frozenset(analyzer.terms(phrase))
            frequencies = {term: self._index.document_frequency(term) for term in terms}
            if terms and all(frequencies.values()) and not terms & set(analyzer.terms(name)):
                weights = {term: float(idf(count, len(self._index))) for term, count in sorted(frequencies.items())}
                found += [
                    WantedTerm(term, Match.ALIAS, weight / sum(weights.values()), terms)
                    for term, weight in weights.items()
                ]
        return tuple(found)

    def _word(self, text: str, asked: AskedWord, other: Sequence[WantedTerm], *, foreign: bool) -> QuestionWord:
        wanted: dict[str, WantedTerm] = {}
        for each in (*self._lookup.wanted_terms(asked.form, asked.terms, guess=not other), *other):
            wanted.setdefault(each.term, each)
        weight = self._weight(wanted.values()) * (_FOREIGN if foreign and not wanted else 1.0)
        return QuestionWord(asked.span.of(text), asked.form, tuple(wanted.values()), weight)

    def _weight(self, wanted: Iterable[WantedTerm]) -> float:
        """The idf of the word: terms that it certainly is count, others only where there is none."""
        certain = [each for each in wanted if each.match is Match.SAME] or list(wanted)
        frequency = max((self._index.document_frequency(each.term) for each in certain), default=0)
        return float(idf(frequency, len(self._index)))


def _is_slip(form: str, words: AbstractSet[str]) -> bool:
    """Whether a word is one of these with a letter lost, doubled or swapped with its neighbour: "wat", "hwo"."""
    if len(form) < _SHORTEST_SLIP:
        return False
    swapped = (form[:at] + form[at + 1] + form[at] + form[at + 2 :] for at in range(len(form) - 1))
    return not words.isdisjoint(swapped) or any(
        len(word) >= _SHORTEST_SLIP and Indel.distance(form, word, score_cutoff=1) <= 1 for word in words
    )


def _days_before(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def _readable_part(question: str) -> str:
    """The question, or as many whole words of a long one as are read."""
    head = question[:QUESTION_LIMIT]
    return head if head == question else head.rpartition(" ")[0] or head
