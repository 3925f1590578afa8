"""Which forms do the words of a vocabulary have, by their letters and by their sound?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.collection import WordForm
from retrieval.spelling import letters_of
from retrieval.transliteration import bare, sound
from retrieval.vocabulary import Vocabulary


class WordList:
    """Words of one length, as `retrieval.collection.Spellings` states.

    Args:
        words: in plain letters.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self.letters: NDArray[np.uint32] = np.fromiter(map(letters_of, words), np.uint32, len(words))

    def __getitem__(self, at: int, /) -> str:
        """One of them."""
        return self._words[at]


_NONE: Final = WordList(())


class MemoryDictionary:
    """A `retrieval.collection.Dictionary` of a vocabulary. Never changed once built."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        occurrences = vocabulary.occurrences()
        self._terms = frozenset(word.term for word in vocabulary.forms)
        by_letters: dict[str, list[WordForm]] = defaultdict(list)
        by_sound: dict[str, list[WordForm]] = defaultdict(list)
        self._frequencies: dict[str, int] = {}
        for number in occurrences.argsort(kind="stable")[::-1].tolist():
            word = vocabulary.forms[number]
            by_letters[bare(word.form)].append(word)
            by_sound[sound(word.form)].append(word)
            self._frequencies.setdefault(bare(word.form), int(occurrences[number]))
        self._by_letters, self._by_sound = dict(by_letters), dict(by_sound)
        self._by_length = _by_length(self._by_letters)

    def holds(self, term: str) -> bool:
        """Whether a form counts as this term."""
        return term in self._terms

    def by_letters(self, letters: str) -> Sequence[WordForm]:
        """The forms that read so in plain letters, the most frequent first."""
        return self._by_letters.get(letters, ())

    def by_sound(self, sound: str) -> Sequence[WordForm]:
        """The forms that sound so, the most frequent first."""
        return self._by_sound.get(sound, ())

    def of_length(self, length: int) -> WordList:
        """The words of so many plain letters."""
        return self._by_length.get(length, _NONE)

    def frequency(self, letters: str) -> int:
        """How often the most frequent form with these plain letters stands in the paragraphs."""
        return self._frequencies.get(letters, 0)


def _by_length(words: Iterable[str]) -> dict[int, WordList]:
    lists: dict[int, list[str]] = defaultdict(list)
    for word in words:
        if word.isalpha():
            lists[len(word)].append(word)
    return {length: WordList(found) for length, found in lists.items()}
