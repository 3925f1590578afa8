"""What is known of all indexed texts together?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.kinds import Kind
from retrieval.store.environment import Reader, Table, Writer
from retrieval.store.records import unwritten, written

_KEY: Final = b"index"
_LIVE: Final = b"live"


@dataclass
class State:
    """Counts over all texts, and the numbers that are given next.

    Attributes:
        version: that the tables show; None where they show none.
        documents: how many texts are indexed.
        words: how many they have altogether.
        grams: how many 4-grams these have.
        kinds: how many texts hold a word of each kind.
        next_document: ordinal of the next text; ordinals are not used twice.
        next_form: number of the next word form.
        next_term: number of the next term.
        next_gram: number of the next 4-gram.
        dead: ordinals of texts that the inverted index still holds, but no version.
        live: by ordinal, whether the text belongs to the version.
    """

    version: str | None = None
    documents: int = 0
    words: int = 0
    grams: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    next_document: int = 0
    next_form: int = 0
    next_term: int = 0
    next_gram: int = 0
    dead: list[int] = field(default_factory=list)
    live: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))

    @classmethod
    def read(cls, tables: Reader) -> Self:
        """As it was written; a new one where there is none."""
        found = tables.get(Table.STATE, _KEY)
        if found is None:
            return cls()
        facts: Mapping[str, object] = unwritten(found)
        state = cls(**facts)  # type: ignore[arg-type]  # as `write` wrote them
        bits = np.frombuffer(tables.get(Table.STATE, _LIVE) or b"\0", np.uint8)  # of no bytes numpy makes random bits
        state.live = np.unpackbits(bits, count=state.next_document).astype(bool)
        return state

    def write(self, tables: Writer) -> None:
        """Keep it."""
        facts = asdict(self)
        live: NDArray[np.bool_] = facts.pop("live")
        tables.put(Table.STATE, _KEY, written(facts))
        tables.put(Table.STATE, _LIVE, np.packbits(live).tobytes())

    def mark_live(self, ordinal: int, *, live: bool) -> None:
        """Whether a text belongs to the version from now on."""
        if ordinal >= len(self.live):
            more = max(ordinal + 1 - len(self.live), len(self.live) // 2, 1024)
            self.live = np.concatenate((self.live, np.zeros(more, bool)))
        self.live[ordinal] = live
