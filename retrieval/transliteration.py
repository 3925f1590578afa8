"""How does a word read in plain Latin letters? What meets when scripts, diacritics and spellings differ.

Two keys, from near to far. `bare` only takes off what a keyboard may lack: another script becomes Latin letters,
diacritics go ("Laçın" and "lacin", "Лачин" and "lachin"). `sound` also forgives how people write another script in
Latin letters: "shch", "sch" and "sh", "kh" and "h", "ya", "ja" and "ia" are the same ("Laçın" and "Lachin").
"""

from functools import lru_cache
from typing import Final

import regex
from anyascii import anyascii

_NOT_A_LETTER: Final = regex.compile(r"[^a-z0-9]+")
# Longest first. Where romanisations of Cyrillic, Armenian or Georgian letters differ, they fall on one letter.
_SPELLINGS: Final = {
    "shch": "s",
    "sch": "s",
    "sh": "s",
    "ch": "c",
    "tch": "c",
    "zh": "z",
    "kh": "h",
    "gh": "g",
    "ph": "f",
    "th": "t",
    "tz": "c",
    "ts": "c",
    "ck": "k",
    "ks": "x",
    "q": "k",
    "w": "v",
    "y": "i",
    "j": "i",
}
_SPELLING: Final = regex.compile("|".join(sorted(map(regex.escape, _SPELLINGS), key=len, reverse=True)))
_GLIDE: Final = regex.compile(r"(?<![aou])ie")  # Yerevan and Erevan
_DOUBLED: Final = regex.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def bare(form: str) -> str:
    """A word in the letters a to z and digits, one for one where scripts allow it; may be empty."""
    return _NOT_A_LETTER.sub("", anyascii(form).lower())


@lru_cache(maxsize=1 << 17)
def sound(form: str) -> str:
    """A coarser key than `bare`: the same for the usual ways of writing another script in Latin letters."""
    spelt = _SPELLING.sub(lambda found: _SPELLINGS[found[0]], bare(form))
    return _DOUBLED.sub(r"\1", _GLIDE.sub("e", _DOUBLED.sub(r"\1", spelt)))
