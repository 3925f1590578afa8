"""The words and the texts of a collection on disk, read as they are needed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import length_norms
from retrieval.collection import Floats, Numbers, WordForm
from retrieval.disk.counters import length_key, numbers_of, spelt_of
from retrieval.disk.packing import Counted, Facts, facts_of, form_of, number_key, text_key, unpacked
from retrieval.disk.state import State
from retrieval.kinds import Kind
from retrieval.store.environment import Reader, Table

_SIEVE: Final = 8191  # a mask: which of the last bits of the numbers asked for occur


class DiskDictionary:
    """A `retrieval.collection.Dictionary` in the tables of a store."""

    def __init__(self, tables: Reader) -> None:
        self._tables = tables

    def holds(self, term: str) -> bool:
        """Whether a text holds this term."""
        found = self._tables.get(Table.TERMS, text_key(term))
        return found is not None and Counted.of(found).frequency > 0

    def by_letters(self, letters: str) -> list[WordForm]:
        """The forms that read so in plain letters, the most frequent first."""
        return [word for _, word in self._forms(Table.BY_LETTERS, letters)]

    def by_sound(self, sound: str) -> list[WordForm]:
        """The forms that sound so, the most frequent first."""
        return [word for _, word in self._forms(Table.BY_SOUND, sound)]

    def of_length(self, length: int) -> "DiskSpellings":
        """The words of so many plain letters; some of them may stand in no text any more."""
        return DiskSpellings(self._tables.get(Table.BY_LENGTH, length_key(length)), length)

    def frequency(self, letters: str) -> int:
        """How often the most frequent form with these plain letters stands in the texts."""
        return next((count for count, _ in self._forms(Table.BY_LETTERS, letters)), 0)

    def _forms(self, table: Table, text: str) -> list[tuple[int, WordForm]]:
        numbers = numbers_of(self._tables.get(table, text_key(text)))
        records = self._tables.get_all(Table.FORMS, [number_key(number) for number in numbers])
        found = (form_of(record) for record in records if record)
        forms = [(count, WordForm(form, term)) for count, form, term in found if count]
        return sorted(forms, key=lambda each: -each[0])


class DiskSpellings:
    """Words of one length, as `retrieval.collection.Spellings` states."""

    def __init__(self, data: bytes | None, length: int) -> None:
        letters, self._words = spelt_of(data, length)
        self._length = length
        self.letters: NDArray[np.uint32] = np.frombuffer(letters, np.uint32)

    def __getitem__(self, at: int, /) -> str:
        """One of them."""
        return self._words[at * self._length : (at + 1) * self._length].decode()


class DiskParagraphs:
    """`retrieval.collection.Paragraphs` in the tables of a store."""

    def __init__(self, tables: Reader, state: State) -> None:
        self._tables = tables
        self._state = state

    def __len__(self) -> int:
        return self._state.documents

    def number(self, term: str) -> int | None:
        """How `DiskReading.terms` has a term."""
        found = self._tables.get(Table.TERMS, text_key(term))
        counted = Counted.of(found) if found else None
        return counted.number if counted and counted.frequency else None

    def kind_frequency(self, kind: Kind) -> int:
        """How many texts hold a word of a kind."""
        return self._state.kinds[kind]

    def gram_frequencies(self, grams: Sequence[str]) -> Floats:
        """How many texts hold each of these 4-grams."""
        return np.array([each.frequency if each else 0 for each in self.counted_grams(grams)], dtype=np.float64)

    def counted_grams(self, grams: Iterable[str]) -> Iterator[Counted | None]:
        """The numbers and frequencies of some 4-grams; None for an unknown one."""
        records = self._tables.get_all(Table.GRAMS, [text_key(gram) for gram in grams])
        return (Counted.of(record) if record else None for record in records)

    def norms(self, lengths: Numbers) -> Floats:
        """`retrieval.bm25.length_norms` of texts with so many words."""
        return length_norms(lengths, self._average(self._state.words))

    def gram_norms(self, lengths: Numbers) -> Floats:
        """The same of texts with so many 4-grams."""
        return length_norms(lengths, self._average(self._state.grams))

    def _average(self, total: int) -> float:
        return total / self._state.documents if total else 1.0

    def read(self, ordinals: Sequence[int]) -> "DiskReading":
        """What is kept of some texts."""
        return DiskReading(self, self._tables, ordinals)


class DiskReading:
    """A `retrieval.collection.Reading` in the tables of a store.

    Args:
        paragraphs: all of them.
        tables: of the store.
        ordinals: of those that are read.
    """

    def __init__(self, paragraphs: DiskParagraphs, tables: Reader, ordinals: Sequence[int]) -> None:
        self._paragraphs = paragraphs
        self._tables = tables
        self._keys = [number_key(ordinal) for ordinal in ordinals]
        self.terms, self.owners = _joined(tables.get_all(Table.TERMS_IN, self._keys))

    @cached_property
    def norms(self) -> Floats:
        """By their lengths in words."""
        return self._paragraphs.norms(np.bincount(self.owners, minlength=len(self._keys)))

    @cached_property
    def gram_norms(self) -> Floats:
        """By their lengths in 4-grams."""
        return self._paragraphs.gram_norms(np.array([each.grams for each in self._facts], np.int64))

    @cached_property
    def days(self) -> Numbers:
        """The ordinal of the day on which each appeared; 0 where that is not known."""
        return np.array([each.day for each in self._facts], np.int64)

    def kind_counts(self, kind: Kind) -> Numbers:
        """How many words of a kind each holds."""
        return np.array([each.kinds[kind] for each in self._facts], np.int64)

    def gram_counts(self, grams: Sequence[str]) -> Floats:
        """How often each of these distinct 4-grams stands in each."""
        counted = self._paragraphs.counted_grams(grams)
        columns = {each.number: at for at, each in enumerate(counted) if each}
        numbers, owners = _joined(self._tables.get_all(Table.GRAMS_IN, self._keys))
        asked = np.array(sorted(columns), np.int64)
        held, places = found_in(numbers, asked)
        column = np.array([columns[number] for number in asked.tolist()], np.int64)
        cells = owners[held] * len(grams) + column[places]
        size = len(self._keys) * len(grams)
        return np.bincount(cells, minlength=size).reshape(len(self._keys), len(grams)).astype(np.float64)

    @cached_property
    def _facts(self) -> list[Facts]:
        return [facts_of(record) for record in self._tables.get_all(Table.DOCUMENTS, self._keys) if record]


def found_in(numbers: Numbers, asked: Numbers) -> tuple[Numbers, Numbers]:
    """Where in many numbers stand some that are asked for, and which of those stands there.

    Args:
        numbers: many, in any order.
        asked: few, in ascending order.
    """
    if not len(asked):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    sieve = np.zeros(_SIEVE + 1, bool)  # most numbers were not asked for, and this tells it at once
    sieve[asked & _SIEVE] = True
    near = np.flatnonzero(sieve[numbers & _SIEVE])
    at = np.minimum(np.searchsorted(asked, numbers[near]), len(asked) - 1)
    held = asked[at] == numbers[near]
    return near[held], at[held]


def _joined(records: Sequence[bytes | None]) -> tuple[Numbers, Numbers]:
    """Packed numbers one after the other, and of which record each is."""
    parts = [unpacked(record) for record in records]
    owners = np.repeat(np.arange(len(parts), dtype=np.int64), [len(part) for part in parts])
    return (np.concatenate(parts) if parts else np.empty(0, np.uint32)).astype(np.int64), owners
