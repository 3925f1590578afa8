"""Which acronyms do the articles explain themselves: "Collective Security Treaty Organisation (CSTO)"?"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

import regex

from retrieval.languages import language_of

_ASIDE: Final = regex.compile(r"\(([^()\n]{2,200})\)")
_ACRONYM: Final = regex.compile(r"(\p{Lu}(?:\.?\p{L}){0,8}\.?\p{Lu}\.?)(['’]?s)?")
_ACRONYM_BEFORE: Final = regex.compile(rf"(?<![\p{{L}}\p{{N}}\p{{M}}.]){_ACRONYM.pattern}\s?$")
_QUOTES: Final = " \"'“”„«»‘’"
# An elided article is a word of its own: "l'Organisation".
_WORD: Final = regex.compile(r"\p{L}{1,2}['’](?=\p{L}{2})|[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)?")
_GAP: Final = regex.compile(r"(?!.*\n\s*\n)[\s,&/\"'“”„«»‘’‑–-]{0,4}", regex.DOTALL)
_HYPHENS: Final = frozenset("-‑–")
_APOSTROPHES: Final = ("'", "’")
_LANGUAGES: Final = ("en", "ru", "uk", "tr", "az", "hy", "de", "fr", "es", "pt", "it", "nl")  # whose small words count
_LETTER_REACH: Final = 40  # code points of an expansion that each letter may take, small words included
_CHANCE: Final = 2  # letters that the words before a pair of brackets may begin with by chance
_MOST_WORDS: Final = 12  # of a question that may be what an acronym stands for
_LONGEST_ACRONYM: Final = 24  # code points, points and plural included


def acronyms_in(text: str) -> Iterator[tuple[str, str]]:
    """The acronyms that a text explains, each with what it stands for, in the order of the text, with repetitions.

    An acronym stands in brackets behind its words, or before them. The initials of the words must be its letters,
    in order; small words ("of", "о") and what follows a hyphen may be passed over. It is yielded without the "s" of
    a plural, the words as they are written.
    """
    for aside in _ASIDE.finditer(text):
        inside = aside[1].strip(_QUOTES)
        behind = _ACRONYM.fullmatch(inside)
        found = _words_before(text, aside.start(), behind) if behind else _acronym_before(text, aside.start(), inside)
        if found:
            yield found


def keys_of(acronym: str, words: str) -> frozenset[str]:
    """What an acronym and the words that it stands for are looked up by: its letters, and their initials."""
    return frozenset({"".join(_letters(acronym)), *_initials(words, _words(words))})


def keys_in(question: str) -> frozenset[str]:
    """The keys of whatever acronyms, and words that acronyms stand for, a question may name."""
    words = _words(question)
    keys = {"".join(_letters(word[0])) for word in words if len(word[0]) <= _LONGEST_ACRONYM}
    each = _initials_of_each(question, words)
    starts = [at for at, letter in enumerate(each[1]) if letter]  # no name begins with a small word
    for initials in dict.fromkeys(map(tuple, each)):
        ends = [0, *accumulate(map(len, initials))]
        joined = "".join(initials)
        for at in starts:
            keys.update(joined[ends[at] : end] for end in ends[at + 2 : at + _MOST_WORDS + 1])
    return frozenset(keys)


def _initials(text: str, words: Sequence[regex.Match[str]]) -> Iterator[str]:
    """The initials of some words: of all, of those that are not small, and of these without what follows a hyphen."""
    return ("".join(initials) for initials in _initials_of_each(text, words))


def _initials_of_each(text: str, words: Sequence[regex.Match[str]]) -> tuple[list[str], list[str], list[str]]:
    """The same, word by word; empty for a word that is left out."""
    every = [_initial(word[0]) for word in words]
    large = ["" if _is_small(text, word) else letter for word, letter in zip(words, every, strict=True)]
    alone = [
        "" if text[max(0, word.start() - 1) : word.start()] in _HYPHENS else letter
        for word, letter in zip(words, large, strict=True)
    ]
    return every, large, alone


def _words_before(text: str, end: int, acronym: regex.Match[str]) -> tuple[str, str] | None:
    letters = _letters(acronym[1])
    begin = max(0, end - _LETTER_REACH * len(letters))
    before = text[begin:end]
    words = _words(before)
    if begin and words:
        del words[0]  # it may be the rest of a longer word
    starts = (at for strict in (True, False) for at in _starts(letters, before, words, strict=strict))
    start = next((at for at in starts if _is_plausible(before, words[at:], letters, plural=bool(acronym[2]))), None)
    return None if start is None else (acronym[1], before[words[start].start() : words[-1].end()])


def _acronym_before(text: str, end: int, inside: str) -> tuple[str, str] | None:
    acronym = _ACRONYM_BEFORE.search(text[max(0, end - _LONGEST_ACRONYM) : end])
    if not acronym:
        return None
    for expansion in dict.fromkeys((inside, *regex.split(r"\s*[,;:]", inside, maxsplit=1)[:1])):
        words = _words(expansion)
        if 0 in _starts(_letters(acronym[1]), expansion, words, strict=False):
            return acronym[1], expansion[words[0].start() : words[-1].end()]
    return None


def _words(text: str) -> list[regex.Match[str]]:
    return list(_WORD.finditer(text))


def _letters(acronym: str) -> list[str]:
    return [_initial(letter) for letter in acronym.replace(".", "")]


def _initial(word: str) -> str:
    """The first letter, without its case and its marks: "İ" and "ı" count as "i"."""
    return _plain(word[0])


@lru_cache(maxsize=1 << 12)
def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.casefold())[0].replace("ı", "i")


def _starts(letters: Sequence[str], text: str, words: Sequence[regex.Match[str]], *, strict: bool) -> Iterator[int]:
    """The places in ``words`` from which on their initials are these letters to the end, the last place first.

    Where it is ``strict``, small words have no letter.
    """
    matched = {0}  # how many letters, from the last one, the words seen so far may stand for
    follower = len(text)
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if not _GAP.fullmatch(text, word.end(), follower):
            return
        small, hyphenated = _is_small(text, word), text[max(0, word.start() - 1) : word.start()] in _HYPHENS
        fitting = {count for count in matched if count < len(letters) and _initial(word[0]) == letters[-1 - count]}
        taken = set() if small and strict else {count + 1 for count in fitting}
        if len(letters) in taken and not small and not hyphenated:
            yield at
        matched = taken | (matched - {0} if small or hyphenated else set())
        follower = word.start()


def _is_small(text: str, word: regex.Match[str]) -> bool:
    small = word[0].lower() in _small_words() or word[0].endswith(_APOSTROPHES)
    return small and text[word.end() : word.end() + 1] not in _HYPHENS


def _is_plausible(text: str, words: Sequence[regex.Match[str]], letters: Sequence[str], *, plural: bool) -> bool:
    """Two letters may fit by chance ("according to police (AP)"), save with a capital, a plural or no small words."""
    return len(letters) > _CHANCE or plural or len(words) == len(letters) or text[words[0].start()].isupper()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for code in _LANGUAGES for word in language_of(code).stop_words)
