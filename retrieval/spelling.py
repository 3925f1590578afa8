"""Which words of the articles may have been meant by one that none of them holds?

Words are compared in plain Latin letters, so that a slip in a name is found in whatever script it was typed, the
first letter included.
"""

from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.collection import Dictionary
from retrieval.transliteration import bare

_SHORTEST: Final = 4  # letters; a shorter word has too many neighbours
_LETTERS_A_MISTAKE: Final = 4  # so many must be typed for each that may be wrong, missing, too many or swapped
_DIFFERING_A_MISTAKE: Final = 2  # letters that one has and the other has not: a wrong one adds one and takes one
_LONGEST: Final = 40  # letters; what is longer is no word
_MOST: Final = 3  # equally near words; the others of the question tell which was meant


class Spelling:
    """The articles' words in plain letters, searchable by likeness.

    Args:
        dictionary: of all paragraphs.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

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
                typed, self._candidates(typed, length, cutoff), scorer=OSA.distance, score_cutoff=cutoff, limit=None
            )
            # More than one mistake, and the first letter wrong as well: that is another word.
            likely = [
                (word, int(mistakes))
                for word, mistakes, _ in near
                if (mistakes <= 1 or word[0] == typed[0]) and self._dictionary.frequency(word)
            ]
            cutoff = min([cutoff, *(mistakes for _, mistakes in likely)])  # from here on only as near ones count
            nearest = [each for each in likely if each[1] == cutoff]
            found += sorted(nearest, key=lambda each: -self._dictionary.frequency(each[0]))
        return [(word, 1 - mistakes / len(typed)) for word, mistakes in found if mistakes == cutoff][:_MOST]

    def _candidates(self, typed: str, length: int, mistakes: int) -> list[str]:
        """The words of a length whose letters differ by no more than so many mistakes can make them."""
        if length < _SHORTEST - 1:
            return []
        words = self._dictionary.of_length(length)
        differing = np.bitwise_count(words.letters ^ np.uint32(letters_of(typed)))
        return [words[at] for at in np.flatnonzero(differing <= _DIFFERING_A_MISTAKE * mistakes).tolist()]


def letters_of(word: str) -> int:
    """Which of the letters a to z a word has, one bit each; it has no others."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - ord("a"))
    return bits
