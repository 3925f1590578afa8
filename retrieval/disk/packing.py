"""How are numbers, words and documents laid out in the tables?"""

import datetime as dt
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.kinds import Kind
from retrieval.store.records import digest, unwritten, written

_LONGEST_KEY: Final = 400  # bytes; LMDB takes 511
_HEAD: Final = struct.Struct("<iIIHHH")
_MOST_OF_A_KIND: Final = 65_535
_NUMBER: Final = struct.Struct(">I")
_COUNTED: Final = struct.Struct("<II")
_KINDS: Final = tuple(Kind)

Packed = NDArray[np.uint32]


def number_key(number: int) -> bytes:
    """A number as a key: larger ones stand behind."""
    return _NUMBER.pack(number)


def text_key(text: str) -> bytes:
    """A text as a key; one that is too long for that, by its digest."""
    data = text.encode("utf-8", "surrogatepass")
    return data if 0 < len(data) <= _LONGEST_KEY else b"\0" + digest(text)


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers, four bytes each."""
    return np.fromiter(numbers, np.uint32).tobytes()


def unpacked(data: bytes | None) -> Packed:
    """The numbers that were packed; none where there is nothing."""
    return np.frombuffer(data or b"", np.uint32)


class Counted(NamedTuple):
    """A term or a 4-gram: its number, and how many texts hold it."""

    number: int
    frequency: int

    @classmethod
    def of(cls, data: bytes) -> "Counted":
        """As it was packed."""
        return cls(*_COUNTED.unpack(data))

    def packed(self) -> bytes:
        """As a value."""
        return _COUNTED.pack(self.number, self.frequency)


class Place(NamedTuple):
    """Where an indexed text stands.

    Attributes:
        key: of the article, in hex.
        start: first code point in its body.
        end: one past the last.
        language: ISO 639-1 code where it differs from the article's.
    """

    key: str
    start: int
    end: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an indexed text without reading it.

    Attributes:
        day: ordinal of the day on which it appeared; 0 where that is not known.
        words: how many it has, its title's and its publishers' among them.
        grams: how many 4-grams these have.
        kinds: how many words of each kind it holds.
    """

    day: int
    words: int
    grams: int
    kinds: Mapping[Kind, int]


def day_number(day: dt.date | None) -> int:
    """A day as it is kept."""
    return day.toordinal() if day else 0


def document_record(facts: Facts, places: Sequence[Place]) -> bytes:
    """An indexed text: what is known of it, and where it stands, the oldest first."""
    kinds = (min(facts.kinds.get(kind, 0), _MOST_OF_A_KIND) for kind in _KINDS)
    return _HEAD.pack(facts.day, facts.words, facts.grams, *kinds) + written(places)


def facts_of(record: bytes) -> Facts:
    """What is known of it."""
    day, words, grams, *kinds = _HEAD.unpack_from(record)
    return Facts(day, words, grams, dict(zip(_KINDS, kinds, strict=True)))


def places_of(record: bytes) -> list[Place]:
    """Where it stands."""
    return [Place(*each) for each in unwritten(record[_HEAD.size :])]


def form_record(count: int, form: str, term: str) -> bytes:
    """A word form and how often it stands in the texts."""
    return _NUMBER.pack(count) + f"{form}\0{term}".encode("utf-8", "surrogatepass")


def form_of(record: bytes) -> tuple[int, str, str]:
    """How often it stands there, the form, its term."""
    form, _, term = record[_NUMBER.size :].decode("utf-8", "surrogatepass").partition("\0")
    return _NUMBER.unpack_from(record)[0], form, term
