"""Which terms of the articles does a word of a question stand for?"""

from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from typing import Final

import regex

from retrieval.answers import Match, WantedTerm
from retrieval.collection import Dictionary, WordForm
from retrieval.spelling import Spelling
from retrieval.transliteration import bare, sound

_REMEMBERED: Final = 1 << 12  # words; people ask about the same things
_MOST: Final = 6  # terms that one word is looked up as; the most frequent ones are taken
_DIACRITICS: Final = 0.7  # likeness of a known word and one that differs from it by diacritics only
_LATIN: Final = regex.compile(r"[\p{Latin}\p{M}\p{N}\p{P}]*")
_UNSPACED: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_SHORTEST_SOUND: Final = 4  # letters; shorter words that sound the same are mostly other words
_SOUND: Final = 0.9  # likeness of an unknown word and one that sounds the same


class Lookup:
    """Looks words up in a dictionary.

    Args:
        dictionary: of all paragraphs.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        # Of no method of this object: it would hold itself, and with it a version of the articles that nobody needs.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(partial(_looked_up, dictionary, Spelling(dictionary)))

    def wanted_terms(self, form: str, terms: Collection[str], *, guess: bool = True) -> tuple[WantedTerm, ...]:
        """What to look up for a word, the surest first; empty when the articles hold nothing like it.

        Args:
            form: the word in lower case, before stemming.
            terms: what it counts as in each language of the articles.
            guess: whether an unknown word may be taken for one that is written much like it.
        """
        return self._remembered(form, tuple(terms), guess)


def _looked_up(
    dictionary: Dictionary, spelling: Spelling, form: str, terms: tuple[str, ...], guess: bool
) -> tuple[WantedTerm, ...]:
    same = [WantedTerm(term, Match.SAME, 1.0) for term in terms if dictionary.holds(term)]
    found = {wanted.term: wanted for wanted in same}
    for wanted in _in_other_letters(dictionary, form, known=bool(same)):
        found.setdefault(wanted.term, wanted)
    if guess and not found:
        found = {wanted.term: wanted for wanted in _misspelt(dictionary, spelling, form)}
    return tuple(found.values())[:_MOST]


def _in_other_letters(dictionary: Dictionary, form: str, *, known: bool) -> Iterator[WantedTerm]:
    if not bare(form).isalpha():  # of two numbers that look alike neither is the other
        return
    plain, same_letters = form == bare(form), _alphabetic(form)
    for word in dictionary.by_letters(bare(form)):
        if _differ_in_script(form, word.form) or (not known and same_letters):
            yield _wanted(word, Match.SCRIPT, 1.0)
        elif plain and same_letters:
            yield _wanted(word, Match.SCRIPT, _DIACRITICS)
    if len(bare(form)) >= _SHORTEST_SOUND:
        for word in dictionary.by_sound(sound(form)):
            marked = _latin(form) and not (form.isascii() and word.form.isascii())
            if _differ_in_script(form, word.form) or (same_letters and (marked or not known)):
                yield _wanted(word, Match.SCRIPT, _SOUND)


def _misspelt(dictionary: Dictionary, spelling: Spelling, form: str) -> Iterator[WantedTerm]:
    for letters, likeness in spelling.nearest(form):
        for word in dictionary.by_letters(letters):
            yield _wanted(word, Match.SPELLING, likeness)


def _wanted(word: WordForm, match: Match, likeness: float) -> WantedTerm:
    return WantedTerm(word.term, match, likeness)


def _differ_in_script(one: str, other: str) -> bool:
    """Whether one of two words that read the same is in Latin letters and the other is not."""
    return _latin(one) != _latin(other)


def _alphabetic(form: str) -> bool:
    """Whether letters stand for sounds and are parted by spaces: what sounds the same in Chinese is not the same."""
    return _UNSPACED.search(form) is None


def _latin(form: str) -> bool:
    return _LATIN.fullmatch(form) is not None
