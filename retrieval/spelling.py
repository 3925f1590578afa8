"""The nearest word that the articles do contain, for one that they do not."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 5  # letters; a shorter word has too many neighbours
_LIKE_ENOUGH: Final = 0.72  # one letter wrong in five, two in eight


class Spelling:
    """The articles' words as they are written, searchable by likeness. Never changed once built.

    Args:
        words: every word of the articles as written, with repetitions.
    """

    def __init__(self, words: Iterable[str]) -> None:
        counts = Counter(words)
        self._written: dict[str, str] = {}
        for word, _ in counts.most_common():
            if len(word) >= _SHORTEST and word.isalpha():
                self._written.setdefault(word.lower(), word)
        self._known = list(self._written)

    def nearest(self, word: str) -> str | None:
        """The known word most like this one as it is mostly written; None when none is like enough.

        Of equally near ones the most frequent wins. A word that is known is its own nearest.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        found = process.extractOne(
            word.lower(), self._known, scorer=OSA.normalized_similarity, score_cutoff=_LIKE_ENOUGH
        )
        return self._written[found[0]] if found else None
