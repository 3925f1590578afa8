"""Where is the bot? Chats that it was removed from, persons who blocked it, groups that have got another number."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_KNOWN: Final = 20_000


class Presence:
    """Remembers, as long as this process lives, since when the bot may not write in a chat.

    That holds for what came from there until then; what comes later shows that the bot is back.

    Args:
        known: so many chats are remembered; of more, the oldest are tried again.

    Attributes:
        on_moved: are told of every group that has got another number: the old one and the new one.
    """

    def __init__(self, known: int = _KNOWN) -> None:
        self._known = known
        self._away: OrderedDict[int, float] = OrderedDict()
        self.on_moved: list[Callable[[int, int], object]] = []

    def leave(self, chat_id: int, at: float) -> None:
        """The bot may not write there, as an update or the attempt to write has shown.

        Args:
            chat_id: where.
            at: when, in seconds of the clock by which deliveries are taken.
        """
        self._away[chat_id] = max(at, self._away.pop(chat_id, at))
        if len(self._away) > self._known:
            self._away.popitem(last=False)

    def is_away(self, chat_id: int, since: float) -> bool:
        """Whether no answer would arrive there to what came at this moment."""
        return since <= self._away.get(chat_id, float("-inf"))

    def move(self, old: int, new: int) -> None:
        """A group has become a supergroup, which has a number of its own; this may be told more than once."""
        self._away.pop(old, None)
        for tell in self.on_moved:
            tell(old, new)
