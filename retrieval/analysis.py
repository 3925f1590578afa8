"""What counts as the same word: from text to terms, the same for articles and questions."""

import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import regex
import Stemmer

from retrieval.languages import guess_language, language_of
from retrieval.model import QuestionWord, Span, Token

# Letters, digits and marks: a Hindi vowel sign is a mark, and \w would cut the word there. Single letters with
# points between them are one abbreviation ("U.N."). An apostrophe joins what Turkish and English write together.
_WORD: Final = regex.compile(
    r"(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*",
)
_APOSTROPHES: Final = regex.compile(r"['’ʼ]")
_SUFFIXED: Final = frozenset({"tr", "az"})  # Ankara'da
_POSSESSIVE: Final = frozenset({"en", "de"})  # Russia's
_ELIDED: Final = frozenset({"fr", "it"})  # l'Arménie
_DOTTED_I: Final = str.maketrans({"I": "ı", "İ": "i"})
_COMBINING_DOT: Final = "i\N{COMBINING DOT ABOVE}"


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Turns the text of one language into tokens.

    Args:
        language: ISO 639-1 code. A code without a stemmer or stop list gets neither.
    """

    language: str

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of ``text`` that are indexed, in order, with their places in it; stop words are left out."""
        stop_words = language_of(self.language).stop_words
        stem = _stemmers[self.language]
        for match in _WORD.finditer(text):
            word = self.normalised(match.group())
            if word and word not in stop_words:
                yield Token(Span(*match.span()), stem(word))

    def terms(self, text: str) -> list[str]:
        """The terms of ``text`` in order, with repetitions."""
        return [token.term for token in self.tokens(text)]

    def normalised(self, word: str) -> str:
        """One word in lower case and one spelling, before stemming; empty when nothing of it is left."""
        word = unicodedata.normalize("NFKC", word)
        if self.language in {"tr", "az"}:
            word = word.translate(_DOTTED_I)
        word = word.lower().replace(_COMBINING_DOT, "i").replace(".", "")
        return self._without_apostrophe(_APOSTROPHES.split(word))

    def _without_apostrophe(self, parts: list[str]) -> str:
        if self.language in _SUFFIXED and len(parts[0]) > 1:
            return parts[0]
        if self.language in _POSSESSIVE and parts[-1] == "s":
            return "".join(parts[:-1])
        return parts[-1] if self.language in _ELIDED else "".join(parts)


class _Stemmers(threading.local):
    """One stemmer a language and thread: Snowball keeps its state in the object."""

    def __init__(self) -> None:
        self._of: dict[str, Callable[[str], str]] = {}

    def __getitem__(self, language: str) -> Callable[[str], str]:
        if language not in self._of:
            algorithm = language_of(language).snowball
            self._of[language] = Stemmer.Stemmer(algorithm).stemWord if algorithm else str
        return self._of[language]


_stemmers: Final = _Stemmers()


def question_words(question: str, corpus_languages: Iterable[str], language: str) -> tuple[QuestionWord, ...]:
    """The words of a question that are worth searching for, each once, in order.

    Args:
        question: as typed.
        corpus_languages: the languages of the articles; a word is looked up as each of them would write it.
        language: the question's own, whose stop words and question words are dropped.
    """
    spoken, asker = language_of(language), Analyzer(language)
    analyzers = [Analyzer(code) for code in corpus_languages]
    found: dict[tuple[str, ...], QuestionWord] = {}
    for match in _WORD.finditer(question):
        bare = asker.normalised(match.group())
        if not bare or bare in spoken.stop_words or bare in spoken.question_words:
            continue
        terms = tuple(dict.fromkeys(term for each in analyzers for term in each.terms(match.group())))
        if terms:
            found.setdefault(terms, QuestionWord(match.group(), terms))
    return tuple(found.values())


def question_language(question: str, corpus_languages: Iterable[str]) -> str:
    """The language that a question is probably in; the corpus's first when it shows nothing."""
    return guess_language(question, next(iter(corpus_languages)))


def same_words(text: str) -> str:
    """A key that two texts share when they hold the same words, whatever their punctuation and capitals."""
    return " ".join(written_words(unicodedata.normalize("NFKC", text).casefold()))


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, in order."""
    return [match.group() for match in _WORD.finditer(text)]
