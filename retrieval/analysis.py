"""What counts as the same word: from text to terms, the same for articles and questions."""

import threading
import unicodedata
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex
import Stemmer

from retrieval.languages import guess_language, language_of
from retrieval.model import QuestionWord, Span, Token

# Letters, digits and marks: a Hindi vowel sign is a mark, and \w would cut the word there. Single letters with
# points between them are one abbreviation ("U.N."). An apostrophe joins what Turkish and English write together, and
# Armenian writes its question mark inside the word.
_WORD: Final = regex.compile(
    r"(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}՛՜՞]*(?:['’ʼ][\p{L}\p{M}]+)*",
)
_QUOTES: Final = regex.compile(r"[\"'‘’‚‛“”„‟«»‹›`´]")
_DASHES: Final = regex.compile(r"[‐‑‒–—―−]")
_APOSTROPHES: Final = regex.compile(r"['’ʼ]")
_SUFFIXED: Final = frozenset({"tr", "az"})  # Ankara'da
_POSSESSIVE: Final = frozenset({"en", "de"})  # Russia's
_ELIDED: Final = frozenset({"fr", "it"})  # l'Arménie
_DOTTED_I: Final = str.maketrans({"I": "ı", "İ": "i"})
_INSIDE: Final = str.maketrans("", "", ".՛՜՞")
_COMBINING_DOT: Final = "i\N{COMBINING DOT ABOVE}"


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Turns the text of one language into terms.

    Args:
        language: ISO 639-1 code. A code without a stemmer or stop list gets neither.
    """

    language: str

    def terms(self, text: str) -> list[str]:
        """The terms of ``text`` in order, with repetitions; stop words are left out."""
        found = (_read(word, self.language) for word in _WORD.findall(text))
        return [term for _, term in found if term]

    def tokens(self, text: str, wanted: AbstractSet[str] | None = None) -> list[Token]:
        """The words of ``text`` with their places in it, in order.

        Args:
            text: any.
            wanted: only words with these terms; None means all that are indexed.
        """
        found = ((match, *_read(match.group(), self.language)) for match in _WORD.finditer(text))
        return [
            Token(Span(*match.span()), term, form)
            for match, form, term in found
            if term and (wanted is None or term in wanted)
        ]


@lru_cache(maxsize=1 << 17)
def _read(word: str, language: str) -> tuple[str, str]:
    """A word's form, and the term that it counts as: empty for a stop word. Remembered: texts repeat their words."""
    form = _normalised(word, language)
    return form, "" if form in language_of(language).stop_words else _stemmers[language](form)


def _normalised(word: str, language: str) -> str:
    """A word in lower case and one spelling, before stemming; empty when nothing of it is left."""
    word = unicodedata.normalize("NFKC", word)
    if language in {"tr", "az"}:
        word = word.translate(_DOTTED_I)
    word = word.lower().replace(_COMBINING_DOT, "i").translate(_INSIDE)
    parts = _APOSTROPHES.split(word)
    if language in _SUFFIXED and len(parts[0]) > 1:
        return parts[0]
    if language in _POSSESSIVE and parts[-1] == "s":
        return "".join(parts[:-1])
    return parts[-1] if language in _ELIDED else "".join(parts)


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
    spoken, codes = language_of(language), tuple(corpus_languages)
    found: dict[tuple[str, ...], QuestionWord] = {}
    for word in _WORD.findall(question):
        bare = _normalised(word, language)
        if not bare or bare in spoken.stop_words or bare in spoken.question_words:
            continue
        terms = tuple(dict.fromkeys(term for code in codes if (term := _read(word, code)[1])))
        if terms:
            found.setdefault(terms, QuestionWord(word, terms))
    return tuple(found.values())


def question_language(question: str, corpus_languages: Iterable[str]) -> str:
    """The language that a question is probably in; the corpus's first when it shows nothing."""
    return guess_language(question, next(iter(corpus_languages)))


def same_words(text: str) -> str:
    """A key that two texts share when they say the same words in the same way.

    Capitals, white space, the kind of quotation marks and dashes, and the mark at the very end make no difference;
    a minus, a decimal point or a currency sign does.
    """
    folded = _QUOTES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_DASHES.sub("-", folded).split()).rstrip(".!?… ")


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, in order."""
    return list(_WORD.findall(text))
