"""Which question was that? By the key of its answer, or by the place of a message, also after a restart."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.remembering import Remembering
from db import LoggedQuestion, Place, QueryLog, ShownPassage

_RECENT: Final = 2_000


class Recall:
    """Finds questions again: the last ones in memory, as they are logged a moment later; others in the log.

    Args:
        log: where questions lie.
        remembering: sees to it that what is added gets there.
        recent: so many are kept in memory.
    """

    def __init__(self, log: QueryLog, remembering: Remembering, recent: int = _RECENT) -> None:
        self._log = log
        self._remembering = remembering
        self._recent = recent
        self._entries: OrderedDict[str, LoggedQuestion] = OrderedDict()
        self._keys: dict[str, str] = {}

    def keep(self, entry: LoggedQuestion) -> None:
        """Know a question by its key and its places, as it is now."""
        if entry.key is None:
            return
        self._entries[entry.key] = entry
        self._entries.move_to_end(entry.key)
        for place in entry.places:
            if self._keys.get(place.hash) in {None, entry.replaces}:
                self._keys[place.hash] = entry.key
        if len(self._entries) > self._recent:
            key, oldest = self._entries.popitem(last=False)
            for place in oldest.places:
                if self._keys.get(place.hash) == key:
                    del self._keys[place.hash]

    async def by_key(self, key: str) -> LoggedQuestion | None:
        """The question whose answer has this key; None where there is none.

        Raises:
            LogError: the log cannot be read.
        """
        if (known := self._entries.get(key)) is not None:
            return known
        return self._found(await self._log.by_key(key))

    async def by_place(self, hash_: str) -> LoggedQuestion | None:
        """The question that was asked or answered in this place; None where there is none.

        Raises:
            LogError: the log cannot be read.
        """
        if (key := self._keys.get(hash_)) is not None:
            return self._entries[key]
        found = await self._log.by_place(hash_)
        return self._found(found[0]) if found else None

    def add_shown(self, key: str, passages: Sequence[ShownPassage]) -> None:
        """More was shown for a question; of what was shown in the same way before, nothing is kept twice."""
        if (entry := self._entries.get(key)) is not None:
            known = set(map(_sameness, entry.passages))
            passages = [shown for shown in passages if _sameness(shown) not in known]
            self.keep(replace(entry, passages=_ordered([*entry.passages, *passages])))
        if passages:
            self._remembering.add(partial(self._log.add_shown, key, passages))

    def add_place(self, key: str, place: Place) -> None:
        """Something of a question stands in one more message."""
        if (entry := self._entries.get(key)) is not None:
            self.keep(replace(entry, places=(*entry.places, place)))
        self._remembering.add(partial(self._log.add_place, key, place))

    def _found(self, entry: LoggedQuestion | None) -> LoggedQuestion | None:
        if entry is not None:
            self.keep(entry)
        return entry


def _sameness(shown: ShownPassage) -> tuple[str, str, int, int]:
    return shown.via, shown.sha256, shown.start, shown.end


def _ordered(passages: Iterable[ShownPassage]) -> tuple[ShownPassage, ...]:
    return tuple(sorted(passages, key=lambda shown: shown.rank))
