"""The nearest word that the articles do contain, for one that they do not."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 5  # letters; a shorter word has too many neighbours
_LETTERS_A_MISTAKE: Final = 4  # so many must be typed for each that may be wrong, missing, too many or swapped


class Spelling:
    """The articles' words as they are written, searchable by likeness. Never changed once built.

    Args:
        words: every word of the articles as written, with repetitions.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._written: dict[str, str] = {}
        for word, _ in Counter(words).most_common():
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                self._written.setdefault(word.lower(), word)
        # By length: only words about as long can be like enough, and comparing is what costs.
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for lower in self._written:
            self._by_length[len(lower)].append(lower)

    def nearest(self, word: str) -> str | None:
        """The known word most like this one as it is mostly written; None when none is like enough.

        Of equally near ones one of the same length wins, then the most frequent. A word that is known is its own
        nearest.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        typed, best = word.lower(), None
        mistakes = len(typed) // _LETTERS_A_MISTAKE
        for length in sorted(
            range(len(typed) - mistakes, len(typed) + mistakes + 1), key=lambda n: abs(n - len(typed))
        ):
            found = process.extractOne(
                typed, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=mistakes
            )
            if found:
                best, mistakes = found[0], int(found[1]) - 1  # from here on only a nearer one counts
            if mistakes < 0:
                break
        return self._written[best] if best else None
