"""What counts as the same word: from text to terms, the same for articles and questions."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

import regex

from retrieval.detection import detect
from retrieval.kinds import Kind, kind_counts, kinds_of
from retrieval.languages import DEFAULT, language_of, not_searched_for
from retrieval.model import Span, Token
from retrieval.normalization import normal_form
from retrieval.numerals import month_term
from retrieval.segmentation import dated, read, word_pattern, words_in
from retrieval.stemming import stem

_QUOTES: Final = regex.compile(r"[\"'‘’‚‛“”„‟«»‹›`´]")
_DASHES: Final = regex.compile(r"[‐‑‒–—―−]")
_LONGEST: Final = 40  # code points of what is remembered: longer strings hardly come again


class Words(NamedTuple):
    """What a text holds.

    Attributes:
        tokens: its words with their places in it, in order, without stop words.
        kinds: how many words of each kind.
    """

    tokens: list[Token]
    kinds: Counter[Kind]


class _Word(NamedTuple):
    """What is known of a word as it is written, or of several that are written as one, wherever it stands.

    Attributes:
        tokens: without stop words.
        kinds: as `kinds_of` has them.
    """

    tokens: tuple[Token, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Turns the text of one language into terms.

    Args:
        language: ISO 639-1 code. A code without a stemmer or stop list gets neither.
    """

    language: str

    def terms(self, text: str) -> list[str]:
        """The terms of ``text`` in order, with repetitions; stop words are left out."""
        return [token.term for token in self.tokens(text)]

    def tokens(self, text: str) -> list[Token]:
        """The words of ``text`` with their places in it, in order."""
        return self._read(text)[0]

    def kinds(self, text: str) -> Counter[Kind]:
        """How many words of each kind ``text`` holds."""
        return kind_counts(text, self.language, self._read(text)[1])

    def read(self, text: str) -> Words:
        """Both of them, read at once."""
        tokens, kinds = self._read(text)
        return Words(tokens, kind_counts(text, self.language, kinds))

    def _read(self, text: str) -> tuple[list[Token], list[tuple[int, tuple[Kind, ...]]]]:
        """The words, and where what has kinds begins, in one pass: this is what analysing a corpus takes."""
        language = self.language
        found: list[Token] = []
        kinds: list[tuple[int, tuple[Kind, ...]]] = []
        for match in word_pattern(language).finditer(text):
            at = match.start()
            tokens, word_kinds = _known(match.group(), language)
            for start, end, form, term in tokens:
                found.append(Token(at + start, at + end, form, term))
            if word_kinds:
                kinds.append((at, word_kinds))
        return dated(found, language), kinds


def _known(written: str, language: str) -> _Word:
    """Remembered: texts repeat their words."""
    return _remembered(written, language) if len(written) <= _LONGEST else _looked_up(written, language)


def _looked_up(written: str, language: str) -> _Word:
    words = read(written, language)
    counted = (
        word if word.term or word.form in _stop_words(language) else word._replace(term=stem(word.form, language))
        for word in words
    )
    return _Word(tuple(word for word in counted if word.term), kinds_of(words, written, language))


_remembered: Final = lru_cache(maxsize=1 << 17)(_looked_up)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(normal_form(word, language) for word in language_of(language).stop_words)


@cache
def _dropped(language: str) -> frozenset[str]:
    """The words that a question is not searched for."""
    return frozenset(normal_form(word, language) for word in not_searched_for(language))


class AskedWord(NamedTuple):
    """A word of a question that is worth searching for.

    Attributes:
        span: where it stands in the question.
        form: in lower case and one spelling, before stemming.
        terms: what it counts as in each language of the articles, without repetition; never empty.
    """

    span: Span
    form: str
    terms: tuple[str, ...]


def question_words(
    question: str, corpus_languages: Iterable[str], language: str, without: Sequence[Span] = ()
) -> tuple[AskedWord, ...]:
    """The words of a question that are worth searching for, each once, in order.

    Args:
        question: as typed.
        corpus_languages: the languages of the articles; a word is looked up as each of them would write it.
        language: the question's own, whose stop words and question words are dropped.
        without: places in the question whose words are left out, such as those of `retrieval.moments`.
    """
    codes, dropped = tuple(corpus_languages), _dropped(language)
    found: dict[tuple[str, ...], AskedWord] = {}
    for word in words_in(question, language, asked=True):
        named = any(span.start < word.end and word.start < span.end for span in without)
        if named or (not word.term and word.form in dropped):
            continue
        span = Span(word.start, word.end)
        terms = tuple(dict.fromkeys(_searched(span.of(question), word, language, codes)))
        if terms:
            found.setdefault(terms, AskedWord(span, word.form, terms))
    return tuple(found.values())


def _searched(text: str, word: Token, language: str, codes: Iterable[str]) -> Iterator[str]:
    """The terms that a word of a question is looked up by: its own in every language, or that of each language."""
    if word.term:
        yield word.term
        if not word.term[0].isdecimal():
            return
    for code in codes:
        for other in _known(text, code).tokens:
            if (other.start, other.end) == (0, len(text)):
                yield other.term
    if not word.term and word.form in language_of(language).capital_months:  # typed without its capital
        yield month_term(language_of(language).capital_months[word.form])


def question_language(question: str, corpus_languages: Iterable[str]) -> str:
    """The language that a question is probably in; the corpus's first when it shows nothing."""
    return detect(question, next(iter(corpus_languages)))


def same_words(text: str) -> str:
    """A key that two texts share when they say the same words in the same way.

    Capitals, white space, the kind of quotation marks and dashes, and the mark at the very end make no difference;
    a minus, a decimal point or a currency sign does.
    """
    folded = _QUOTES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_DASHES.sub("-", folded).split()).rstrip(".!?… ")


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, in order."""
    return [match.group() for match in word_pattern(DEFAULT).finditer(text)]
