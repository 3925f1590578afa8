"""Where does a text hold a phrase word for word?"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import regex

from retrieval.languages import language_of
from retrieval.model import Span
from retrieval.set_phrases import folded

_WORD: Final = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_LETTER: Final = r"[\p{L}\p{N}\p{M}]"
_BETWEEN: Final = r"[^\p{L}\p{N}\p{M}]"


def exact_places(text: str, phrases: Iterable[str], language: str) -> Iterator[Span]:
    """Where the words of the phrases stand in a text, side by side and in order.

    Capitals, accents, the kind of quotation marks, and what stands between the words make no difference; endings do.

    Args:
        text: any.
        phrases: of at least one letter or digit each; others stand nowhere.
        language: ISO 639-1, of the text; it decides whether a word must be parted from what stands around it.
    """
    plain = folded(text)
    for phrase in phrases:
        pattern = _pattern(phrase, language_of(language).unspaced)
        yield from (Span(*match.span()) for match in pattern.finditer(plain))


def holds_all(text: str, phrases: Iterable[str], language: str) -> bool:
    """Whether a text holds each of them."""
    plain, unspaced = folded(text), language_of(language).unspaced
    return all(_pattern(phrase, unspaced).search(plain) for phrase in phrases)


@lru_cache(maxsize=1 << 10)
def _pattern(phrase: str, unspaced: bool) -> regex.Pattern[str]:
    words = [regex.escape(word) for word in _WORD.findall(folded(phrase))]
    if not words:
        return regex.compile(r"(?!)")
    before, after, between = ("", "", "*+") if unspaced else (f"(?<!{_LETTER})", f"(?!{_LETTER})", "++")
    return regex.compile(before + f"{_BETWEEN}{between}".join(words) + after)
