"""How is a word spelt when all its spellings are one? Capitals, apostrophes, marks that are written or left out."""

import unicodedata
from functools import lru_cache
from typing import Final

import regex

_APOSTROPHES: Final = regex.compile(r"['’ʼ]")
_DIGIT: Final = regex.compile(r"\p{Nd}")
_SUFFIXED: Final = frozenset({"tr", "az"})  # Ankara'da
_POSSESSIVE: Final = frozenset({"en", "de"})  # Russia's
_ELIDED: Final = frozenset({"fr", "it", "ca"})  # l'Arménie
_UNDOTTED_I: Final = frozenset({"tr", "az"})
_PERSIAN_LETTERS: Final = frozenset({"fa", "ur"})

_DOTTED_I: Final = str.maketrans({"I": "ı", "İ": "i"})
_COMBINING_DOT: Final = "i\N{COMBINING DOT ABOVE}"
_JOINERS: Final = "\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}"
_ARABIC_SIGNS: Final = "\N{ARABIC TATWEEL}\N{ARABIC LETTER SUPERSCRIPT ALEF}" + "".join(map(chr, range(0x64B, 0x656)))
_HEBREW_POINTS: Final = "".join(map(chr, [*range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7]))
_NUKTA: Final = "\N{DEVANAGARI SIGN NUKTA}"
_LEFT_OUT: Final = f".՛՜՞{_JOINERS}{_ARABIC_SIGNS}{_HEBREW_POINTS}{_NUKTA}"
_ONE_SPELLING: Final = str.maketrans(
    "ёςάέήίόύώϊϋΐΰأإآٱँ",
    "еσαεηιουωιυιυاااا\N{DEVANAGARI SIGN ANUSVARA}",
    _LEFT_OUT,
)
_ARABIC: Final = str.maketrans("یىک", "ييك")
_PERSIAN: Final = str.maketrans("يىكۀة", "ییکهه")

_LONGEST: Final = 256  # code points that tell a word from others; to order the marks of more takes its square of time

INSIDE: Final = f"՛՜՞{_JOINERS}"
"""What may stand inside a word and is no part of its spelling: Armenian writes its question mark there."""


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9; its length stays."""
    if text.isascii() or text.isalpha():
        return text
    return "".join(map(_ascii_digit, text))


@lru_cache(maxsize=1 << 12)
def _ascii_digit(character: str) -> str:
    if not _DIGIT.match(character):
        return character
    value = unicodedata.decimal(character, None)
    if value is None:  # the patterns know newer digits than Python does; all stand in tens, from 0 on (Unicode, 4.6)
        first = ord(character)
        while _DIGIT.match(chr(first - 1)):
            first -= 1
        value = (ord(character) - first) % 10
    return str(value)


def normal_form(word: str, language: str) -> str:
    """A word in lower case and one spelling, before stemming; empty when nothing of it is left.

    Args:
        word: as written; what begins with the same 256 code points is the same.
        language: ISO 639-1; it decides about apostrophes, and about letters that one script writes in two ways.
    """
    if len(word) > 1 and word.isascii() and word.isalpha() and language not in _UNDOTTED_I:
        return word.lower()  # what most words are; a lone "s" may be an ending
    word = ascii_digits(unicodedata.normalize("NFKC", word[:_LONGEST]))
    if language in _UNDOTTED_I:
        word = word.translate(_DOTTED_I)
    word = word.lower().replace(_COMBINING_DOT, "i").translate(_ONE_SPELLING)
    if not word.isascii():
        word = word.translate(_PERSIAN if language in _PERSIAN_LETTERS else _ARABIC)
    parts = _APOSTROPHES.split(word)
    if language in _SUFFIXED and len(parts[0]) > 1:
        return parts[0]
    if language in _POSSESSIVE and parts[-1] == "s":
        return "".join(parts[:-1])
    return parts[-1] if language in _ELIDED else "".join(parts)
