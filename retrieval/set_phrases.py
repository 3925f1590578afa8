"""Where does a text hold a phrase of a table, with its marks or typed without them?"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import regex

from retrieval.languages import language_of
from retrieval.model import Span

_LETTER: Final = r"[\p{L}\p{N}\p{M}]"
_FOLDED: Final = {"ı": "i", "ə": "e", "ς": "σ", "’": "'", "ʼ": "'", "ى": "ي", "ی": "ي", "ک": "ك", "ך": "כ"}
_KANA: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


@lru_cache(maxsize=16)  # a question is looked through for phrases of several tables
def folded(text: str) -> str:
    """The text in lower case and without accents, character by character: places stay what they are."""
    return "".join(map(_folded, text))


def places(text: str, phrases: Iterable[str], language: str) -> Iterator[tuple[Span, str]]:
    """Where a text holds one of the phrases, from left to right, the longest that fits; with the phrase, folded.

    Args:
        text: any.
        phrases: in lower case, words parted by single spaces.
        language: ISO 639-1; it decides whether a phrase must be parted from what stands around it.
    """
    for match in _pattern(tuple(phrases), language_of(language).unspaced).finditer(folded(text)):
        yield Span(*match.span()), " ".join(match.group().split())


@lru_cache(maxsize=1 << 12)
def _folded(character: str) -> str:
    small = character.lower()[0]
    small = _FOLDED.get(small, small)
    parted = unicodedata.normalize("NFKD", small)
    accented = parted[0].isalpha() and all(unicodedata.category(mark) == "Mn" for mark in parted[1:])
    return parted[0] if accented and not _KANA.match(small) else small


@cache
def _pattern(phrases: tuple[str, ...], unspaced: bool) -> regex.Pattern[str]:
    listed = sorted({folded(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(r"\s+".join(map(regex.escape, phrase.split())) for phrase in listed) or "(?!)"
    before, after = ("", "") if unspaced else (rf"(?<!{_LETTER})", rf"(?!{_LETTER})")
    return regex.compile(rf"{before}(?:{either}){after}")
