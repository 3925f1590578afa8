"""How often does everything stand in the texts? Counts that are changed in memory and written in one go."""

import struct
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np

from retrieval.disk.packing import Counted, form_of, form_record, number_key, packed, text_key, unpacked
from retrieval.spelling import letters_of
from retrieval.store.environment import Table, Writer
from retrieval.transliteration import bare, sound

_LONGEST: Final = 60  # letters; longer words are not guessed
_MANY: Final = 1_000_000  # counts that are kept in memory between two writings
_LENGTH: Final = struct.Struct(">H")


class Frequencies:
    """Numbers of terms or of 4-grams, and how many texts hold each.

    Args:
        table: where they are kept.
        tables: of the store.
        first: the number that the first new one gets.
    """

    def __init__(self, table: Table, tables: Writer, first: int) -> None:
        self._table = table
        self._tables = tables
        self.next = first
        self._numbers: dict[str, int] = {}
        self._frequencies: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a term or a gram; a new one gets the next."""
        found = self._numbers.get(text)
        return self._read(text) if found is None else found

    def _read(self, text: str) -> int:
        data = self._tables.get(self._table, text_key(text))
        counted = Counted.of(data) if data else Counted(self.next, 0)
        self.next += data is None
        self._numbers[text], self._frequencies[text] = counted
        return counted.number

    def count(self, texts: Iterable[str], by: int) -> None:
        """One text more, or one less, holds each of these."""
        frequencies = self._frequencies
        for text in texts:
            if text not in frequencies:
                self._read(text)
            frequencies[text] += by

    def write(self) -> None:
        """Keep what was counted."""
        for text in sorted(self._numbers):
            value = Counted(self._numbers[text], self._frequencies[text]).packed()
            self._tables.put(self._table, text_key(text), value)
        self._numbers.clear()
        self._frequencies.clear()

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return len(self._numbers) > _MANY


class Forms:
    """Word forms: their numbers, how often each stands in the texts, and by which letters and sounds they are found.

    Args:
        tables: of the store.
        first: the number that the first new one gets.
    """

    def __init__(self, tables: Writer, first: int) -> None:
        self._tables = tables
        self.next = first
        self._numbers: dict[tuple[str, str], int] = {}
        self._counts: dict[int, int] = defaultdict(int)
        self._new: dict[int, tuple[str, str]] = {}
        self._words: dict[int, tuple[str, str]] = {}

    def number(self, form: str, term: str) -> int:
        """The number of a word form; a new one gets the next."""
        found = self._numbers.get((form, term))
        if found is not None:
            return found
        data = self._tables.get(Table.FORM_NUMBERS, text_key(f"{form}\0{term}"))
        number = int.from_bytes(data, "big") if data else self.next
        if data is None:
            self.next += 1
            self._new[number] = (form, term)
        self._numbers[form, term] = number
        self._words[number] = (form, term)
        return number

    def word(self, number: int) -> tuple[str, str]:
        """A word form and its term, by their number."""
        found = self._words.get(number)
        if found is None:
            _, form, term = form_of(self._tables.get(Table.FORMS, number_key(number)) or b"")
            found = self._words[number] = (form, term)
        return found

    def count(self, numbers: Iterable[int], by: int) -> None:
        """Each of these stands once more in the texts, or once less."""
        for number in numbers:
            self._counts[number] += by

    def write(self) -> None:
        """Keep what was counted, and the new forms."""
        for number in sorted(self._counts.keys() | self._new.keys()):
            if number in self._new:
                form, term = self._new[number]
                before = 0
            else:
                before, form, term = form_of(self._tables.get(Table.FORMS, number_key(number)) or b"")
            self._tables.put(Table.FORMS, number_key(number), form_record(before + self._counts[number], form, term))
        for number, (form, term) in self._new.items():
            self._tables.put(Table.FORM_NUMBERS, text_key(f"{form}\0{term}"), number_key(number))
        letters = _by_key((bare(form), number) for number, (form, _) in self._new.items())
        spelt = [word for word in letters if _is_spelt(word) and not self._tables.has(Table.BY_LETTERS, text_key(word))]
        self._append(Table.BY_LETTERS, letters)
        self._append(Table.BY_SOUND, _by_key((sound(form), number) for number, (form, _) in self._new.items()))
        self._append_spelt(spelt)
        self._numbers.clear()
        self._counts.clear()
        self._new.clear()
        self._words.clear()

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return len(self._numbers) > _MANY

    def _append(self, table: Table, numbers: dict[str, list[int]]) -> None:
        for text in sorted(numbers):
            before = self._tables.get(table, text_key(text)) or b""
            self._tables.put(table, text_key(text), before + packed(numbers[text]))

    def _append_spelt(self, words: Iterable[str]) -> None:
        lists: dict[int, list[str]] = defaultdict(list)
        for word in words:
            lists[len(word)].append(word)
        for length, found in lists.items():
            letters, spelt = spelt_of(self._tables.get(Table.BY_LENGTH, length_key(length)), length)
            letters += packed(map(letters_of, found))
            self._tables.put(Table.BY_LENGTH, length_key(length), letters + spelt + "".join(found).encode())


def _is_spelt(word: str) -> bool:
    return word.isalpha() and len(word) <= _LONGEST


def spelt_of(data: bytes | None, length: int) -> tuple[bytes, bytes]:
    """Words of one length as they are kept: which letters each has, and then the words, one after the other."""
    if not data:
        return b"", b""
    size = len(data) // (np.dtype(np.uint32).itemsize + length)
    at = size * np.dtype(np.uint32).itemsize
    return data[:at], data[at:]


def length_key(length: int) -> bytes:
    """The key of the words of so many letters."""
    return _LENGTH.pack(length)


def _by_key(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for text, number in pairs:
        found[text].append(number)
    return dict(found)


def numbers_of(data: bytes | None) -> list[int]:
    """The numbers that stand under letters or a sound."""
    return [int(number) for number in unpacked(data)]
