"""Which words do the articles use, and in which order do they stand in a paragraph?

A word form is a word in lower case, before stemming; forms with the same term count as the same word. Paragraphs are
kept as numbers of forms and places in arrays, so that a few paragraphs can be read again without analysing their texts
again: that costs ten bytes a word.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.collection import WordForm
from retrieval.model import Token

Numbers = NDArray[np.int32]

_WIDEST: Final = 65_535  # code points of a word; what is longer is no word, and marked only so far


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some paragraphs, one after the other.

    Attributes:
        forms: numbers of word forms, in the order of the texts.
        owners: parallel to ``forms``: which of the paragraphs asked for the word stands in, counted from 0.
    """

    forms: Numbers
    owners: Numbers


class Vocabulary:
    """The word forms of all paragraphs. Never changed once built.

    Args:
        paragraphs: the tokens of each, in the order of the index: those of its text, in order, and those that stand
            elsewhere but count as its words; these are taken to stand before it.
    """

    def __init__(self, paragraphs: Iterable[tuple[Sequence[Token], Sequence[Token]]]) -> None:
        numbers: dict[tuple[str, str], int] = {}
        written, bounds = array("i"), array("q", [0])
        starts, lengths, own = array("i"), array("H"), array("i")
        for tokens, elsewhere in paragraphs:
            for token in (*elsewhere, *tokens):
                written.append(numbers.setdefault((token.form, token.term), len(numbers)))
                starts.append(token.start)
                lengths.append(min(token.end - token.start, _WIDEST))
            own.append(len(tokens))
            bounds.append(len(written))
        self.forms: tuple[WordForm, ...] = tuple(WordForm(form, term) for form, term in numbers)
        self._written: Numbers = np.frombuffer(written, np.int32) if written else np.empty(0, np.int32)
        self._bounds: NDArray[np.int64] = np.frombuffer(bounds, np.int64)
        self._starts, self._lengths, self._own = starts, lengths, own

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many words each paragraph has."""
        return np.diff(self._bounds)

    def terms(self) -> list[list[str]]:
        """The terms of every paragraph in the order of its text, as an index takes them."""
        written = [form.term for form in self.forms]
        return [
            [written[number] for number in self._written[start:end].tolist()]
            for start, end in zip(self._bounds[:-1].tolist(), self._bounds[1:].tolist(), strict=True)
        ]

    def occurrences(self) -> NDArray[np.int64]:
        """How often each word form stands in the paragraphs altogether."""
        return np.bincount(self._written, minlength=len(self.forms))

    def paragraph_frequencies(self) -> NDArray[np.int64]:
        """In how many paragraphs each word form stands."""
        paragraph = np.repeat(np.arange(len(self._bounds) - 1, dtype=np.int64), self.lengths)
        distinct = np.unique(paragraph * len(self.forms) + self._written)
        return np.bincount(distinct % max(len(self.forms), 1), minlength=len(self.forms))

    def totals(self, of_forms: NDArray[np.int64]) -> NDArray[np.int64]:
        """For every paragraph, the sum over its words of a number that each word form has."""
        running = np.concatenate(([0], np.cumsum(of_forms[self._written])))
        totals: NDArray[np.int64] = running[self._bounds[1:]] - running[self._bounds[:-1]]
        return totals

    def tokens(self, ordinal: int) -> list[Token]:
        """The words that stand in the text of one paragraph, in order, as they were given."""
        end = int(self._bounds[ordinal + 1])
        start = end - self._own[ordinal]
        return [
            Token(at, at + length, self.forms[number].form, self.forms[number].term)
            for at, length, number in zip(
                self._starts[start:end], self._lengths[start:end], self._written[start:end].tolist(), strict=True
            )
        ]

    def terms_of(self, ordinal: int) -> frozenset[str]:
        """The terms of one paragraph."""
        return frozenset([self.forms[number].term for number in self.read([ordinal]).forms.tolist()])

    def read(self, ordinals: Sequence[int]) -> Words:
        """The words of these paragraphs."""
        parts = [self._written[self._bounds[ordinal] : self._bounds[ordinal + 1]] for ordinal in ordinals]
        owners = np.repeat(np.arange(len(parts), dtype=np.int32), [len(part) for part in parts])
        return Words(np.concatenate(parts) if parts else np.empty(0, np.int32), owners)
