"""What is kept of every paragraph to score it in full, in arrays."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import length_norms
from retrieval.collection import Floats, Numbers
from retrieval.kinds import Kind
from retrieval.likeness import grams
from retrieval.vocabulary import Vocabulary

_ABSENT: Final = -1


class MemoryParagraphs:
    """`retrieval.collection.Paragraphs` of a vocabulary. Never changed once built.

    How many paragraphs hold a gram is not counted but estimated from the words that hold it, as if words were spread
    independently of each other: N (1 - product of (1 - df / N)). An inverted index over grams would be several times
    as large as all else.

    Args:
        vocabulary: of all paragraphs.
        kinds: how many words of each kind each paragraph holds.
        published: when its article appeared; None where the day is not known.
    """

    def __init__(
        self, vocabulary: Vocabulary, kinds: Sequence[Mapping[Kind, int]], published: Sequence[dt.date | None]
    ) -> None:
        self.vocabulary = vocabulary
        self.kinds = {kind: np.fromiter((each.get(kind, 0) for each in kinds), np.int64, len(kinds)) for kind in Kind}
        self.days = np.fromiter((day.toordinal() if day else 0 for day in published), np.int64, len(published))
        self._numbers: dict[str, int] = {}
        self.terms_of_forms = np.fromiter(
            (self._numbers.setdefault(word.term, len(self._numbers)) for word in vocabulary.forms), dtype=np.int64
        )
        self.grams = GramTable(vocabulary)
        self.norms = length_norms(vocabulary.lengths)
        self.gram_norms = length_norms(vocabulary.totals(self.grams.widths))

    def __len__(self) -> int:
        return len(self.vocabulary.lengths)

    def number(self, term: str) -> int | None:
        """How `MemoryReading.terms` has a term."""
        return self._numbers.get(term)

    def kind_frequency(self, kind: Kind) -> int:
        """How many paragraphs hold a word of a kind."""
        return int(np.count_nonzero(self.kinds[kind]))

    def gram_frequencies(self, grams: Sequence[str]) -> Floats:
        """How many paragraphs probably hold each of these 4-grams."""
        return self.grams.frequencies(grams)

    def read(self, ordinals: Sequence[int]) -> "MemoryReading":
        """What is kept of some paragraphs."""
        return MemoryReading(self, ordinals)


class MemoryReading:
    """A `retrieval.collection.Reading`."""

    def __init__(self, paragraphs: MemoryParagraphs, ordinals: Sequence[int]) -> None:
        self._paragraphs = paragraphs
        self._ordinals = list(ordinals)
        self._words = paragraphs.vocabulary.read(self._ordinals)
        self.terms: Numbers = paragraphs.terms_of_forms[self._words.forms]
        self.owners: Numbers = self._words.owners.astype(np.int64)
        self.norms: Floats = paragraphs.norms[self._ordinals]
        self.gram_norms: Floats = paragraphs.gram_norms[self._ordinals]
        self.days: Numbers = paragraphs.days[self._ordinals]

    def kind_counts(self, kind: Kind) -> Numbers:
        """How many words of a kind each holds."""
        counts: Numbers = self._paragraphs.kinds[kind][self._ordinals]
        return counts

    def gram_counts(self, grams: Sequence[str]) -> Floats:
        """How often each of these distinct 4-grams stands in each."""
        return self._paragraphs.grams.counts(grams, self._words.forms, self._words.owners, len(self._ordinals))


class GramTable:
    """The 4-grams of a vocabulary's words. Never changed once built.

    Attributes:
        widths: how many grams each word form has, with repetitions.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._numbers: dict[str, int] = {}
        spelt = [
            [self._numbers.setdefault(gram, len(self._numbers)) for gram in grams(word.form)]
            for word in vocabulary.forms
        ]
        self._grams = np.fromiter((number for each in spelt for number in each), dtype=np.int32)
        self._bounds = np.concatenate(([0], np.cumsum([len(each) for each in spelt], dtype=np.int64)))
        self.widths: NDArray[np.int64] = np.diff(self._bounds)
        by_gram = np.argsort(self._grams, kind="stable")
        self._holders = np.repeat(np.arange(len(spelt), dtype=np.int32), self.widths)[by_gram]
        self._held_from: list[int] = np.searchsorted(self._grams[by_gram], np.arange(len(self._numbers) + 1)).tolist()
        self._frequencies = self._estimated(vocabulary)

    def frequencies(self, grams: Sequence[str]) -> Floats:
        """How many paragraphs probably hold each of these; 0 for an unknown one."""
        numbers = [self._numbers.get(gram, _ABSENT) for gram in grams]
        return np.array([0.0 if number == _ABSENT else self._frequencies[number] for number in numbers])

    def counts(
        self, grams: Sequence[str], forms: NDArray[np.int32], owners: NDArray[np.int32], paragraphs: int
    ) -> Floats:
        """How often each gram stands in each of some paragraphs; one row a paragraph.

        Args:
            grams: distinct.
            forms: the word forms of the paragraphs, one after the other.
            owners: parallel to ``forms``: which paragraph each stands in, counted from 0.
            paragraphs: how many there are.
        """
        column = np.full(len(self._numbers), _ABSENT, dtype=np.int32)
        holds_one = np.zeros(len(self.widths), dtype=bool)  # most words hold none of the grams
        for at, gram in enumerate(grams):
            number = self._numbers.get(gram)
            if number is not None:
                column[number] = at
                holds_one[self._holders[self._held_from[number] : self._held_from[number + 1]]] = True
        kept = holds_one[forms]
        forms, owners = forms[kept], owners[kept]
        starts = self._bounds[forms]
        lengths = self._bounds[forms + 1] - starts
        places = np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        columns = column[self._grams[places]]
        held = columns >= 0
        cells = np.repeat(owners, lengths)[held] * len(grams) + columns[held]
        return np.bincount(cells, minlength=paragraphs * len(grams)).reshape(paragraphs, len(grams)).astype(np.float64)

    def _estimated(self, vocabulary: Vocabulary) -> Floats:
        size = max(len(vocabulary.lengths), 1)
        # A word in every paragraph must not make the logarithm infinite.
        absent = np.log1p(-np.minimum(vocabulary.paragraph_frequencies() / size, 1 - 0.5 / size))
        estimated: Floats = size * -np.expm1(
            np.bincount(self._grams, np.repeat(absent, self.widths), len(self._numbers))
        )
        return estimated
