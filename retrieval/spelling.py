"""Which words of the articles may have been meant by one that none of them holds?

Words are compared in plain Latin letters, so that a slip in a name is found in whatever script it was typed, the
first letter included.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.transliteration import bare

_SHORTEST: Final = 4  # letters; a shorter word has too many neighbours
_LETTERS_A_MISTAKE: Final = 4  # so many must be typed for each that may be wrong, missing, too many or swapped
_DIFFERING_A_MISTAKE: Final = 2  # letters that one has and the other has not: a wrong one adds one and takes one
_NONE: Final[tuple[list[str], NDArray[np.uint32]]] = ([], np.empty(0, np.uint32))
_LONGEST: Final = 40  # letters; what is longer is no word
_MOST: Final = 3  # equally near words; the others of the question tell which was meant


class Spelling:
    """The articles' words in plain letters, searchable by likeness. Never changed once built.

    Args:
        words: in plain letters, each once, the most frequent first.
    """

    def __init__(self, words: Iterable[str]) -> None:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                by_length[len(word)].append(word)
        self._by_length = {
            length: (found, np.fromiter(map(_letters, found), np.uint32, len(found)))
            for length, found in by_length.items()
        }

    def nearest(self, form: str) -> list[tuple[str, float]]:
        """The known words most like this one, in plain letters, each with its likeness: the share of right letters.

        Empty when none is like enough. Words of the same length come first, then the most frequent; at most three.
        """
        typed = bare(form)
        if not _SHORTEST <= len(typed) <= _LONGEST or not typed.isalpha():
            return []
        cutoff = len(typed) // _LETTERS_A_MISTAKE
        found: list[tuple[str, int]] = []
        for length in sorted(range(len(typed) - cutoff, len(typed) + cutoff + 1), key=lambda n: abs(n - len(typed))):
            near = process.extract(
                typed, self._candidates(typed, length, cutoff), scorer=OSA.distance, score_cutoff=cutoff, limit=_MOST
            )
            # More than one mistake, and the first letter wrong as well: that is another word.
            found += [(word, int(mistakes)) for word, mistakes, _ in near if mistakes <= 1 or word[0] == typed[0]]
            cutoff = min([cutoff, *(mistakes for _, mistakes in found)])  # from here on only as near ones count
        return [(word, 1 - mistakes / len(typed)) for word, mistakes in found if mistakes == cutoff][:_MOST]

    def _candidates(self, typed: str, length: int, mistakes: int) -> list[str]:
        """The words of a length whose letters differ by no more than so many mistakes can make them."""
        words, letters = self._by_length.get(length, _NONE)
        differing = np.bitwise_count(letters ^ np.uint32(_letters(typed)))
        return [words[at] for at in np.flatnonzero(differing <= _DIFFERING_A_MISTAKE * mistakes).tolist()]


def _letters(word: str) -> int:
    """Which of the letters a to z a word has, one bit each."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - ord("a"))
    return bits
