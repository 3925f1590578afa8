"""Which forms of a word are one? Snowball where there is one for the language, else the word without its ending."""

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import Stemmer

from retrieval.languages import language_of

_LEFT: Final = 3  # letters that an ending must leave; two syllables of Hangul say as much
_LEFT_OF_HANGUL: Final = 2
_AS_TURKISH: Final = str.maketrans("əqx", "ekh")  # the vowel harmony of the Turkish stemmer knows no ə


@lru_cache(maxsize=16)  # a new word is asked for several times: is it a month, a weekday, a number, a term?
def stem(form: str, language: str) -> str:
    """What a word's normal form counts as in a language; the form itself where nothing is known of its endings."""
    if language == "az":
        form = form.translate(_AS_TURKISH)
    return _stemmers[language](form)


def without_ending(form: str, endings: tuple[str, ...]) -> str:
    """The form without the longest of the endings that leaves enough of it.

    Args:
        form: in its normal form.
        endings: the longest first.
    """
    left = _LEFT_OF_HANGUL if "가" <= form[:1] <= "힣" else _LEFT
    return next(
        (form[: -len(ending)] for ending in endings if len(form) - len(ending) >= left and form.endswith(ending)), form
    )


class _Stemmers(threading.local):
    """One stemmer a language and thread: Snowball keeps its state in the object."""

    def __init__(self) -> None:
        self._of: dict[str, Callable[[str], str]] = {}

    def __getitem__(self, language: str) -> Callable[[str], str]:
        if language not in self._of:
            self._of[language] = _stemmer(language)
        return self._of[language]


def _stemmer(language: str) -> Callable[[str], str]:
    known = language_of(language)
    if known.snowball:
        stem_word: Callable[[str], str] = Stemmer.Stemmer(known.snowball).stemWord
        return stem_word
    return lambda form: without_ending(form, known.endings)


_stemmers: Final = _Stemmers()
