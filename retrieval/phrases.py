"""Where in a text does a phrase stand, of very many, in whatever form it is written?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from types import MappingProxyType
from typing import Final

import regex

from retrieval.analysis import Analyzer, written_words
from retrieval.detection import detect
from retrieval.languages import CODES, DEFAULT, language_of
from retrieval.model import Span

_PRONOUNS: Final = {"en": frozenset({"us"})}  # function words that no list holds: "us" is not the United States
_CYRILLIC: Final = regex.compile(r"\p{Cyrillic}")
_CYRILLIC_DEFAULT: Final = "ru"  # of names in Cyrillic letters: a word or two seldom tell one language from another
_FORMS: Final = 16  # combinations of word forms that a phrase is looked for by
_SHOUTED: Final = 3  # words, all in capitals, from which on capitals tell nothing

Place = tuple[int, int]
"""A half-open range of a text's words, counted from 0."""

_Terms = tuple[str, ...]


class PhraseBook:
    """Phrases, each known once however often and in whatever form it is given. Never changed once built.

    Args:
        phrases: of at least one word each; of those with the same words the first stands for all.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        known: dict[_Terms, str] = {}
        same: dict[str, str] = {}
        self._own: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            if phrase in same:
                continue
            key = phrase_key(phrase)
            same[phrase] = known.setdefault(key, phrase)
            if same[phrase] == phrase:
                self._own[key[0]].append(phrase)
        self.same: Mapping[str, str] = MappingProxyType(same)
        self._indexes: dict[tuple[str, bool], _Index] = {}

    def places(self, written: Sequence[str], language: str) -> dict[Place, list[str]]:
        """Which phrases stand where in a text, also inside one another; those that match in its language first.

        Args:
            written: the words of the text, as `written_words` has them.
            language: ISO 639-1 code; a phrase is looked for in this one, and in that of its own script.
        """
        shouted = len(written) >= _SHOUTED and not any(letter.islower() for word in written for letter in word)
        found: dict[Place, dict[str, None]] = defaultdict(dict)
        for code in dict.fromkeys((language, *self._own)):
            terms = [_term(word, code, shouted) for word in written]
            for place, phrases in self._index(code, everything=code == language).matches(terms):
                found[place].update(dict.fromkeys(phrases))
        return {place: list(phrases) for place, phrases in found.items()}

    def _index(self, language: str, *, everything: bool) -> "_Index":
        """Built when it is first asked for; two threads that ask at once build the same one."""
        key = (language if language in CODES else "", everything)  # others are all read alike, and they are many
        if key not in self._indexes:
            lists = self._own.values() if everything else (self._own[language],)
            self._indexes[key] = _Index((phrase for phrases in lists for phrase in phrases), language)
        return self._indexes[key]


class _Index:
    """Phrases by their terms in one language."""

    def __init__(self, phrases: Iterable[str], language: str) -> None:
        self._phrases: dict[_Terms, list[str]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in phrases:
            for terms in _forms(phrase, language):
                self._phrases[terms].append(phrase)
                lengths[terms[0]].add(len(terms))
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}

    def matches(self, terms: Sequence[str]) -> Iterator[tuple[Place, list[str]]]:
        """The places of all phrases in a text, by the terms of its words; empty ones are passed over."""
        if self._lengths.keys().isdisjoint(terms):
            return
        full = [(word, term) for word, term in enumerate(terms) if term]
        for at, (word, first) in enumerate(full):
            for length in self._lengths.get(first, ()):
                part = full[at : at + length]
                phrases = self._phrases.get(tuple(term for _, term in part))
                if phrases:
                    yield (word, part[-1][0] + 1), phrases


def word_spans(text: str, words: Iterable[str]) -> list[Span]:
    """Where in a text its words stand.

    Args:
        text: any.
        words: all of its words, as `written_words` has them.
    """
    spans: list[Span] = []
    for word in words:
        start = text.index(word, spans[-1].end if spans else 0)
        spans.append(Span(start, start + len(word)))
    return spans


def phrase_key(phrase: str) -> tuple[str, ...]:
    """The language of a phrase's own script, and its terms in that. Phrases with the same key are the same."""
    if phrase.isascii():
        language = DEFAULT
    else:
        language = detect(phrase, _CYRILLIC_DEFAULT if _CYRILLIC.search(phrase) else DEFAULT)
    return (language, *_terms(phrase, language))


def longest(places: Iterable[Place]) -> list[Place]:
    """Those of the places that do not overlap, where a longer one goes before a shorter, and then the first."""
    taken: set[int] = set()
    chosen = []
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            chosen.append((start, end))
    return chosen


def _terms(phrase: str, language: str) -> _Terms:
    return tuple(term for word in written_words(phrase) if (term := _term(word, language)))


def _forms(phrase: str, language: str) -> list[_Terms]:
    """What a text may have for a phrase, term by term; nothing for one that has only stop words."""
    terms = [readings for word in written_words(phrase) if (readings := _readings(word, language))]
    return list(islice(product(*terms), _FORMS)) if terms else []


@lru_cache(maxsize=1 << 16)
def _readings(word: str, language: str) -> tuple[str, ...]:
    """The terms that forms of a name may have; its own first.

    Stemmers take the end of many a name for an ending, and leave it where a true one follows: "Карабах" becomes
    "караб" but "Карабаха" "карабах", "Сергей" "серг" but "Сергея" "серге". So the name as it is may be a term too.
    """
    term = _term(word, language)
    form = " ".join(token.form for token in Analyzer(language).tokens(word))
    if not term or term.isupper():
        return (term,) if term else ()
    return tuple(dict.fromkeys((term, form, form.removesuffix("й"))))


@lru_cache(maxsize=1 << 16)
def _term(word: str, language: str, shouted: bool = False) -> str:
    """What a word counts as; empty for a stop word. An acronym that reads like one ("WHO", "IS") keeps its capitals."""
    if not shouted and len(word) > 1 and word.isupper():
        plain = word.replace(".", "").lower()
        known = language_of(language)
        if any(plain in words for words in (known.stop_words, known.question_words, _PRONOUNS.get(language, ()))):
            return plain.upper()
    return " ".join(Analyzer(language).terms(word))
