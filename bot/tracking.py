"""How far is a reload, and should it go on? What its thread tells the event loop, and the other way round."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, TypeVar

from retrieval import CorpusError, Track

_PAUSE_SECONDS: Final = 0.2
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reload is.

    Attributes:
        stage: what it does: reading, analysing, asking.
        done: of so many.
        total: 0 where it is not known.
    """

    stage: str
    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.stage}, {self.done} of {self.total}" if self.total else self.stage


Tell = Callable[[Progress], None]
"""Is told in the event loop how far a reload is, some times a second at most."""


class Tracking:
    """What a reload calls from its thread, as `retrieval.Track` says.

    Args:
        loop: in which ``tell`` is called.
        tell: None where nobody wants to know.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, tell: Tell | None) -> None:
        self._loop = loop
        self._tell = tell
        self._told = 0.0
        self._given_up = False
        self.progress = Progress("beginning", 0, 0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note how far it is.

        Raises:
            CorpusError: nobody waits for this reload any more; it ends without a change.
        """
        if self._given_up:
            raise CorpusError("the reload was given up, because the program is ending")
        begun = stage != self.progress.stage
        self.progress = Progress(stage, done, total)
        now = time.monotonic()
        if self._tell is None or (not begun and done < total and now - self._told < _PAUSE_SECONDS):
            return
        self._told = now
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, self.progress)

    def give_up(self) -> None:
        """The next call ends the reload."""
        self._given_up = True


def as_track(tell: Tell | None) -> Track | None:
    """The same for a reload that runs in the thread that watches it."""
    if tell is None:
        return None
    return lambda stage, done, total: tell(Progress(stage, done, total))


def in_thread_of_its_own(job: Callable[[], T]) -> "asyncio.Future[T]":
    """What a job gives, or raises, which may wait for another program for as long as that likes.

    The end of this program does not wait for it, as it would for the threads of an executor.
    """
    given: Future[T] = Future()

    def run() -> None:
        try:
            given.set_result(job())
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            given.set_exception(error)

    threading.Thread(target=run, name="reload", daemon=True).start()
    return asyncio.wrap_future(given)
