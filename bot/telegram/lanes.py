"""Many chats at once, each in its own order."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

_logger: Final = logging.getLogger(__name__)

SLOTS: Final = 256

Job = Callable[[], Awaitable[None]]


class Slots:
    """So many may work at the same time; or one alone.

    Args:
        count: how many.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._free = asyncio.Semaphore(count)
        self._gate = asyncio.Lock()

    async def take(self, *, alone: bool) -> None:
        """Wait for a slot, or for all of them; whoever came first goes first."""
        if not alone:
            await self._free.acquire()
            return
        async with self._gate:  # two that want all of them would wait for each other for ever
            taken = 0
            try:
                while taken < self._count:
                    await self._free.acquire()
                    taken += 1
            except BaseException:
                self._release(taken)
                raise

    def give_back(self, *, alone: bool) -> None:
        """Let others have what was taken."""
        self._release(self._count if alone else 1)

    def _release(self, count: int) -> None:
        for _ in range(count):
            self._free.release()


@dataclass(frozen=True, slots=True)
class _Hold:
    """What a job has taken."""

    slots: Slots
    alone: bool


_hold: Final[ContextVar[_Hold | None]] = ContextVar("hold", default=None)


class Lanes:
    """Does the jobs of different lanes at the same time, and those of one lane one after the other.

    Only a job whose turn in its lane has come takes a slot: a lane with many waiting ones takes as much room as one
    with a single one.

    Args:
        slots: so many jobs run at the same time.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._slots = Slots(slots)
        self._queues: dict[Hashable, deque[tuple[Job, bool]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, lane: str | None, job: Job, *, alone: bool = False) -> None:
        """Do a job when its turn comes.

        Args:
            lane: what keeps its order; None waits for nobody.
            job: what it raises is logged.
            alone: whether nothing else may run at the same time.
        """
        key = object() if lane is None else lane
        queue = self._queues.get(key)
        if queue is not None:
            queue.append((job, alone))
            return
        self._queues[key] = deque([(job, alone)])
        task = asyncio.create_task(self._work(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def waiting(self, lane: str) -> int:
        """How many of a lane have not begun."""
        return max(0, len(self._queues.get(lane, ())) - 1)

    @property
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        """What ends when everything that was put here by now is done."""
        return frozenset(self._tasks)

    async def give_up(self) -> None:
        """Cancel what runs, and begin nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, key: Hashable) -> None:
        queue = self._queues[key]
        try:
            while queue:
                job, alone = queue[0]
                await self._slots.take(alone=alone)
                try:
                    _hold.set(_Hold(self._slots, alone))
                    await job()
                except Exception:
                    _logger.exception("what was to be done in a lane failed; it goes on")
                finally:
                    self._slots.give_back(alone=alone)
                queue.popleft()
        finally:
            del self._queues[key]


@asynccontextmanager
async def slot_free_for_others() -> AsyncIterator[None]:
    """Lends what this job has taken to others while the body waits; its lane's order is kept."""
    hold = _hold.get()
    if hold is None:
        yield
        return
    hold.slots.give_back(alone=hold.alone)
    try:
        yield
    finally:
        await hold.slots.take(alone=hold.alone)
