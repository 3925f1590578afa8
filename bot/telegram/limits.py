"""How much may one person, or one group, ask of us in a minute?

Each has so many at once, which come back evenly over a minute. Counted in memory, by the moments at which things were
done, not by those at which we learn of them: what piled up while the bot was away is no flood.
"""

import math
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

_MINUTE: Final = 60.0  # seconds
_TICK: Final = 0.001  # seconds; less than that is what sums of fractions leave
_KNOWN: Final = 20_000
_PRESSES: Final = 3  # for each message that a person may write: paging and voting is quick
_INLINE: Final = 8  # typing asks with nearly every letter


@dataclass(frozen=True, slots=True)
class Excess:
    """More than may be.

    Attributes:
        limit: so many may come in a minute.
        seconds: until the next one may, rounded up.
        first: whether that is worth a word; it is not within a minute of the last one.
    """

    limit: int
    seconds: int
    first: bool


@dataclass(slots=True)
class _Count:
    """How much somebody has left, as the moment at which that is everything again; and when they were told."""

    full_at: float
    told_at: float = -math.inf


class Allowance:
    """So many in a minute for each of many, and as many at once. Moments are seconds, from any beginning.

    Args:
        per_minute: how many; 0 sets no limit.
        known: so many are remembered. Whoever was not heard of for longest is forgotten, and has everything again.
    """

    def __init__(self, per_minute: int, known: int = _KNOWN) -> None:
        self.per_minute = per_minute
        self._each = _MINUTE / per_minute if per_minute else 0.0
        self._known = known
        self._counts: OrderedDict[Hashable, _Count] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counts)

    def excess(self, who: Hashable, at: float) -> Excess | None:
        """What one more at this moment would exceed; None if it may be."""
        count = self._counts.get(who)
        wait = count.full_at + self._each - _MINUTE - at if count else 0.0
        if count is None or wait < _TICK:
            return None
        first = at - count.told_at >= _MINUTE
        if first:
            count.told_at = at
        return Excess(self.per_minute, math.ceil(wait), first)

    def take(self, who: Hashable, at: float) -> None:
        """Count one that may be."""
        if not self.per_minute:
            return
        count = self._counts.setdefault(who, _Count(at))
        count.full_at = max(at, count.full_at) + self._each
        self._counts.move_to_end(who)
        if len(self._counts) > self._known:
            self._counts.popitem(last=False)

    def move(self, old: Hashable, new: Hashable) -> None:
        """Somebody is known by another name from now on."""
        if (count := self._counts.pop(old, None)) is not None:
            self._counts[new] = count


class Limits:
    """What persons and groups may ask of us, by messages, by buttons and inline. Moments are seconds.

    Args:
        person: messages of a person in a minute; of presses and inline queries, several times as many. 0: no limit.
        group: messages of a group in a minute, whoever writes them. 0: no limit.
    """

    def __init__(self, person: int, group: int) -> None:
        self._persons = Allowance(person)
        self._groups = Allowance(group)
        self._presses = Allowance(person * _PRESSES)
        self._inline = Allowance(person * _INLINE)

    def message(self, person: Hashable | None, group: Hashable | None, at: float) -> Excess | None:
        """Count a message, if it may be: None; else what it exceeds, and it counts for nobody.

        Args:
            person: None where no limit holds for whoever wrote it.
            group: None in a private chat.
            at: when it was written.
        """
        counted = [(self._persons, person), (self._groups, group)]
        for allowance, who in counted:
            if who is not None and (excess := allowance.excess(who, at)) is not None:
                return excess
        for allowance, who in counted:
            if who is not None:
                allowance.take(who, at)
        return None

    def press(self, person: Hashable, at: float) -> Excess | None:
        """The same for the press of a button, and for whatever else is done to a message of ours."""
        return _counted(self._presses, person, at)

    def inline(self, person: Hashable, at: float) -> Excess | None:
        """The same for an inline query."""
        return _counted(self._inline, person, at)

    def move(self, old: Hashable, new: Hashable) -> None:
        """A group has another number from now on."""
        self._groups.move(old, new)


def _counted(allowance: Allowance, who: Hashable, at: float) -> Excess | None:
    excess = allowance.excess(who, at)
    if excess is None:
        allowance.take(who, at)
    return excess
