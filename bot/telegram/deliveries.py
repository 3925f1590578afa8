"""What becomes of an update that is in hand?"""

import asyncio
from contextvars import ContextVar
from dataclasses import replace
from enum import StrEnum
from typing import Final

from bot.logs import name_in_lines
from bot.telegram.presence import Presence
from db import Closing, LoggedQuestion


class Outcome(StrEnum):
    """How an update ended, the better before the worse."""

    ANSWERED = "answered"
    """Whatever was to be said was delivered; also where nothing was to be said."""
    DROPPED = "dropped"
    """It came too late to be of use: a press of a button, an inline query."""
    OVERFLOW = "overflow"
    """Too many of its chat were waiting."""
    UNSURE = "unsure"
    """An answer may have arrived: its sending timed out or broke. It is not repeated."""
    REFUSED = "refused"
    """Telegram does not deliver the answer: the bot was blocked, or a message was refused."""
    UNREADABLE = "unreadable"
    """It cannot be read; kept aside."""
    FAILED = "failed"
    """What handled it failed; the person got a sentence, and it is kept aside."""


_GRAVITY: Final = {outcome: place for place, outcome in enumerate(Outcome)}
_KEPT: Final = frozenset({Outcome.UNREADABLE, Outcome.FAILED})


class Delivery:
    """One update in hand, and what becomes of it.

    Args:
        update_id: of Telegram.
        lane: what keeps its order, None where nothing does.
        number: in the inbox; None where it is held in memory only.
        age: seconds since it arrived, where an earlier process took it.
        attempts: how often it was begun by processes that ended over it; None where it is fresh.
        presence: where the bot is.

    Attributes:
        begun: whether this process has counted an attempt.
        outcome: the worst so far.
        retries: how often something was sent again for it.
        error: why, where it is kept aside.
        entry: what is to be logged of it.
        taken: when it arrived, in seconds of the loop's clock.
        done: where it is held in memory only, set once it is handled.
    """

    __slots__ = (
        "attempts",
        "begun",
        "done",
        "entry",
        "error",
        "lane",
        "number",
        "outcome",
        "presence",
        "retries",
        "taken",
        "update_id",
    )

    def __init__(
        self,
        update_id: int,
        lane: str | None,
        number: int | None,
        *,
        age: float = 0.0,
        attempts: int | None = None,
        presence: Presence | None = None,
    ) -> None:
        self.update_id = update_id
        self.lane = lane
        self.number = number
        self.attempts = attempts
        self.presence = presence or Presence()
        self.begun = False
        self.outcome = Outcome.ANSWERED
        self.retries = 0
        self.error: str | None = None
        self.entry: LoggedQuestion | None = None
        self.done = asyncio.Event() if number is None else None
        self.taken = asyncio.get_running_loop().time() - age

    @property
    def age(self) -> float:
        """Seconds since it arrived here; a clock that is set meanwhile changes nothing."""
        return asyncio.get_running_loop().time() - self.taken

    def note(self, outcome: Outcome, error: str | None = None) -> None:
        """Something has ended so; of several outcomes the worst counts."""
        if _GRAVITY[outcome] >= _GRAVITY[self.outcome]:
            self.outcome, self.error = outcome, error or self.error

    def record(self, entry: LoggedQuestion) -> None:
        """This is to be logged together with its end."""
        self.entry = entry

    def logged(self) -> LoggedQuestion | None:
        """What is to be logged, with what became of the answer."""
        return None if self.entry is None else replace(self.entry, delivery=self.outcome)

    def closing(self) -> Closing:
        """What the inbox is to be told at its end.

        Raises:
            ValueError: it is in no inbox.
        """
        if self.number is None:
            raise ValueError("an update that is held in memory only is in no inbox")
        return Closing(self.number, self.outcome, error=self.error, keep=self.outcome in _KEPT, question=self.logged())


_current: Final[ContextVar[Delivery | None]] = ContextVar("delivery", default=None)


def current() -> Delivery | None:
    """The update that is being handled here; None where there is none."""
    return _current.get()


def take_in_hand(delivery: Delivery | None, chat: str | None = None) -> None:
    """From now on, this is what is handled here, and lines of the log name it.

    Args:
        delivery: None for nothing.
        chat: the hash that stands for its chat in these lines.
    """
    _current.set(delivery)
    name_in_lines(None if delivery is None else delivery.update_id, chat)


def note(outcome: Outcome, error: str | None = None) -> None:
    """The same as `Delivery.note`, for the update that is being handled here, if there is one."""
    delivery = _current.get()
    if delivery is not None:
        delivery.note(outcome, error)


def count_retry() -> None:
    """Something is sent again for the update that is being handled here, if there is one."""
    delivery = _current.get()
    if delivery is not None:
        delivery.retries += 1


def is_away(chat_id: int) -> bool:
    """Whether the bot is known not to be in a chat, while it handles an update."""
    delivery = _current.get()
    return delivery is not None and delivery.presence.is_away(chat_id, delivery.taken)


def note_away(chat_id: int, at: float) -> None:
    """The bot was blocked, or removed from a chat, as sending something there at this moment has shown."""
    delivery = _current.get()
    if delivery is not None:
        delivery.presence.leave(chat_id, at)


def note_moved(old: int, new: int) -> None:
    """A group has another number, as sending there has shown."""
    delivery = _current.get()
    if delivery is not None:
        delivery.presence.move(old, new)
