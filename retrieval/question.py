"""What is asked for? From a question as it was typed to the terms of the articles that are looked up."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Final, NamedTuple

import regex
from rapidfuzz.distance import Indel

from retrieval.analysis import Analyzer, AskedWord, question_language, question_words
from retrieval.answers import Match, QuestionWord, WantedTerm
from retrieval.bm25 import idf
from retrieval.collection import Names
from retrieval.filter_syntax import Signs, read_signs
from retrieval.filters import NOTHING, Filters
from retrieval.follow_ups import asks, goes_on, says_nothing
from retrieval.index import Index
from retrieval.kinds import Kind, asking_phrase
from retrieval.languages import language_of, not_searched_for
from retrieval.lookup import Lookup
from retrieval.model import Span
from retrieval.moments import moments_in
from retrieval.natural_filters import is_just_when, months_in, sources_in
from retrieval.normalization import normal_form
from retrieval.sources import Sources
from retrieval.transliteration import bare

QUESTION_LIMIT: Final = 500
"""Code points of a question that are read; what stands beyond them is kept but not searched for."""

_REMEMBERED: Final = 1 << 10  # other names; people ask about the same things
_YEAR: Final = regex.compile(r"\p{Nd}{4}")
_ASKED: Final = regex.compile(r"[?？؟՞]")
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
        filters: what a passage must be.
        wishes: what passages should be if there are such ones near the best.
        unreadable: filters that could not be read, as typed.
        unknown_sources: publishers that were asked for and are not known, as typed.
        terms: all that is looked up.
    """

    text: str
    language: str
    words: tuple[QuestionWord, ...]
    kind: Kind | None = None
    since: dt.date | None = None
    asked_on: dt.date | None = None
    follows: str | None = None
    filters: Filters = NOTHING
    wishes: tuple[Filters, ...] = ()
    unreadable: tuple[str, ...] = ()
    unknown_sources: tuple[str, ...] = ()
    terms: frozenset[str] = field(init=False, repr=False)

    @property
    def just_when(self) -> tuple[Filters, ...]:
        """The month, if it asks for nothing but what there was in it; empty if it asks for anything else."""
        words = [(word.form, frozenset(each.term for each in word.terms)) for word in self.words] if self.wishes else []
        return tuple(each for each in self.wishes if each.month and is_just_when(words, each, self.language))

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", frozenset(each.term for word in self.words for each in word.terms))


class _Typed(NamedTuple):
    """A question as it was typed: the part that is read, its language, and the filters in it."""

    text: str
    language: str
    signs: Signs


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
        self._other_name = lru_cache(maxsize=_REMEMBERED)(partial(_other_name, index, self._languages))
        # Typed in Latin letters or without diacritics, a word without meaning is not in any list.
        self._plain_function_words = frozenset(
            bare(word) for code in self._languages for word in not_searched_for(code)
        )

    def read(self, question: str, asked_on: dt.date | None = None, previous: str | None = None) -> Question:
        """What a question asks for.

        Args:
            question: any text; the first `QUESTION_LIMIT` code points are read.
            asked_on: the day of asking, which “this week” counts from.
            previous: what was asked before, which a question without a subject of its own is about.
        """
        typed = self._typed(question)
        own = self._understood(typed, asked_on)
        if previous is None or not goes_on(typed.signs.plain, typed.language):
            return own
        earlier = self._understood(self._typed(previous), asked_on)
        return _continued(own, earlier, typed.signs.plain)

    def _typed(self, question: str) -> _Typed:
        text = _readable_part(question)
        language = self._language(text)
        signs = read_signs(text, self._sources, self._languages, lambda word: self._is_searched_for(word, language))
        if signs.plain != text:
            language = self._language(signs.plain)
        return _Typed(text, language, signs)

    def _language(self, text: str) -> str:
        """The language of a question: that of the articles where they hold all its words. Alone, “war” looks German."""
        language, own = question_language(text, self._languages), self._languages[0]
        if language in self._languages:
            return language
        asked = question_words(text, self._languages, own)
        known = asked and all(any(map(self._index.document_frequency, word.terms)) for word in asked)
        return own if known else language

    def _is_searched_for(self, word: str, language: str) -> bool:
        form = normal_form(word, language)
        return form not in not_searched_for(language) and bare(form) not in self._plain_function_words

    def _understood(self, typed: _Typed, asked_on: dt.date | None) -> Question:
        text, language = typed.signs.plain, typed.language
        publishers = self._sources.named(text, language)
        from_whom, crediting = self._from_whom(text, language, publishers)
        named = self._named(text, language, publishers)
        moments, asking_for = moments_in(text, language), asking_phrase(text, language)
        said = [*crediting, *(moment.span for moment in moments)]
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
        filters, wishes = _filters(typed)
        return Question(
            text=typed.text,
            language=language,
            words=tuple(words.values()),
            kind=asking_for[1] if asking_for else None,
            since=since,
            asked_on=asked_on,
            filters=filters,
            wishes=(*from_whom, *wishes),
            unreadable=typed.signs.unreadable,
            unknown_sources=typed.signs.unknown_sources,
        )

    def _from_whom(
        self, text: str, language: str, publishers: Mapping[Span, str]
    ) -> tuple[tuple[Filters, ...], list[Span]]:
        """Who shall have said it, and the words that say so."""
        named = [(span, self._sources.with_term(term)) for span, term in publishers.items()]
        return sources_in(text, language, named) if named else ((), [])

    def _is_function_word(self, form: str, asking: AbstractSet[str]) -> bool:
        return bare(form) in self._plain_function_words or _is_slip(form, asking)

    def _named(self, text: str, language: str, sources: Mapping[Span, str]) -> list[tuple[Span, list[WantedTerm]]]:
        """Where the question names a publisher, or a thing that has other names, and what to look up for that."""
        publishers = [
            (span, [WantedTerm(term, Match.PUBLISHER, 1.0)])
            for span, term in sources.items()
            if self._index.document_frequency(term)
        ]
        things = [
            (each.span, [term for phrase in each.phrases for term in self._other_name(phrase, each.span.of(text))])
            for each in self._aliases.alternatives(text, language)
        ]
        return publishers + things

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


def _continued(question: Question, earlier: Question, plain: str) -> Question:
    """A question with the words of an earlier one, whose subject it has; itself if that one has none either."""
    if not earlier.words:
        return question
    language, asking = question.language, asking_phrase(plain, question.language)
    empty = asking[0].of(plain).split() if asking else []
    own = [word for word in question.words if word.text not in empty and not says_nothing(word.form, language)]
    words = {word.form: word for word in (*own, *earlier.words)}
    return replace(
        question,
        words=tuple(words.values()),
        kind=question.kind or (None if asks(plain, language) else earlier.kind),
        since=question.since or earlier.since,
        follows=earlier.text,
    )


def _filters(typed: _Typed) -> tuple[Filters, tuple[Filters, ...]]:
    """What must be passed, and what should be. Who asks in a sentence only cites what he puts in quotation marks."""
    text, language, filters = typed.signs.plain, typed.language, typed.signs.filters
    wishes = months_in(text, language) if _YEAR.search(text) else ()
    if filters.phrases and _is_sentence(typed.signs.outside, language):
        # One word in quotation marks is seldom meant letter by letter: in news it is somebody's choice of words.
        cited = tuple(phrase for phrase in filters.phrases if len(phrase.split()) > 1)
        wishes += (Filters(phrases=cited, natural=True),) if cited else ()
        filters = replace(filters, phrases=())
    if typed.signs.unknown_sources and not filters.sources:
        filters = replace(filters, sources=typed.signs.unknown_sources)  # which nothing passes
    return filters, wishes


def _is_sentence(text: str, language: str) -> bool:
    """Whether a text is a question as one asks people, not words to be searched for."""
    return asks(text, language) or bool(_ASKED.search(text) and any(map(str.isalnum, text)))


def _other_name(index: Index, languages: Sequence[str], phrase: str, name: str) -> tuple[WantedTerm, ...]:
    """The terms of another name, if the articles hold them all, each with its share of the name.

    Nothing for a name that only adds words to the one that was asked for: that one is found by itself.
    """
    found: list[WantedTerm] = []
    for code in languages:
        analyzer = Analyzer(code)
        terms = frozenset(analyzer.terms(phrase))
        frequencies = {term: index.document_frequency(term) for term in terms}
        if terms and all(frequencies.values()) and not terms & set(analyzer.terms(name)):
            weights = {term: float(idf(count, len(index))) for term, count in sorted(frequencies.items())}
            whole = sum(weights.values())
            found += [WantedTerm(term, Match.ALIAS, weight / whole, terms) for term, weight in weights.items()]
    return tuple(found)


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
