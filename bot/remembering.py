"""Is what was answered logged, whatever happens to the log meanwhile?"""

import asyncio
import contextvars
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from db import LogError, RowError, UnknownKeyError

_logger: Final = logging.getLogger(__name__)
_FIRST_PAUSE: Final = 1.0  # seconds, doubled each time
_LONGEST_PAUSE: Final = 30.0
_LIMIT: Final = 10_000
_TOGETHER: Final = 500  # that are begun at once when the log works again
_SAID_EVERY: Final = 1_000
_UNTIL_KNOWN: Final = (0.05, 0.25, 1.0, 3.0)  # seconds: the question may itself be on its way into the log

Write = Callable[[], Awaitable[object]]
T = TypeVar("T")


class Remembering:
    """Sees to it that what is to be written is written, as soon as the log can be used.

    A write that fails is tried again until it succeeds. While the log cannot be used, one write at a time is tried, in
    growing pauses, and everything else waits for it.

    Args:
        pause: seconds until the first new attempt.
        longest_pause: seconds between two attempts at most.
        limit: so many may wait; beyond, they are given up.

    Attributes:
        failing: why the log cannot be used at the moment; None while it can.
        given_up: how many will never be written.
    """

    def __init__(self, pause: float = _FIRST_PAUSE, longest_pause: float = _LONGEST_PAUSE, limit: int = _LIMIT) -> None:
        self.failing: str | None = None
        self.given_up = 0
        self._first_pause = pause
        self._longest_pause = longest_pause
        self._limit = limit
        self._pause = 0.0
        self._again_at = 0.0
        self._ending = False
        self._waiting: deque[Write] = deque()
        self._writing: set[asyncio.Task[None]] = set()
        self._repeating: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many are not written yet."""
        return len(self._waiting) + len(self._writing)

    def add(self, write: Write) -> None:
        """Write something in the background.

        Args:
            write: called until it raises no `LogError`. An error that is about this entry alone, or that nobody thought
                of, is said, and it is given up; also a key that stays unknown for some seconds.
        """
        if self.failing is not None:
            self._keep(write)
        else:
            self._begin(write)

    async def now(self, write: Callable[[], Awaitable[T]], *, probe: bool = False) -> T:
        """Write something that cannot wait; what it gives.

        Args:
            write: called once at most.
            probe: whether it is tried although the log is known to fail, once the pause is over. That may take long:
                nobody who waits for an answer should wait for it.

        Raises:
            LogError: it was not written. While it is known that the log cannot be used, that comes at once.
        """
        due = probe and asyncio.get_running_loop().time() >= self._again_at
        if self.failing is not None and not due:
            raise LogError(self.failing)
        return await self._tried(write)

    async def close(self, patience: float) -> None:
        """Write what waits: everything gets one more attempt. What is lost is said. It can be used again afterwards.

        Args:
            patience: seconds until it is given up.
        """
        before = self.given_up
        self._ending = True
        self._wake.set()
        late = await self._finished(patience)
        self._waiting.clear()
        self._ending = False
        if late:
            self._say_lost(late, f"the log took over {patience:g} s")
        elif self.given_up > before and self.failing is not None:
            self._say_lost(self.given_up - before, self.failing)

    async def _finished(self, patience: float) -> int:
        """Wait for all that is under way; how many are not written by then."""
        tasks = {*self._writing, *([self._repeating] if self._repeating else [])}
        if not tasks:
            return 0
        _, late = await asyncio.wait(tasks, timeout=patience)
        if not late:
            return await self._finished(patience) if self._repeating else 0
        left = self.waiting
        for task in late:
            task.cancel()
        await asyncio.wait(late)
        self.given_up += left
        return left

    def _say_lost(self, count: int, reason: str) -> None:
        _logger.error("%d answered but not logged: %s", count, reason)

    async def _tried(self, write: Callable[[], Awaitable[T]]) -> T:
        try:
            result = await write()
        except (RowError, UnknownKeyError):
            raise  # it says nothing about the log
        except LogError as error:
            self._note_failure(str(error))
            raise
        self._note_success()
        return result

    def _note_failure(self, reason: str) -> None:
        now = asyncio.get_running_loop().time()
        if self.failing is None and not self._ending:
            _logger.error("answers are not logged for now: %s", reason)
        if now >= self._again_at:  # of many that failed together, the first
            self._pause = min(max(self._first_pause, self._pause * 2), self._longest_pause)
            self._again_at = now + self._pause
        self.failing = reason

    def _note_success(self) -> None:
        if self.failing is None:
            return
        self.failing, self._pause, self._again_at = None, 0.0, 0.0
        self._wake.set()
        _logger.warning("answers are logged again")

    def _begin(self, write: Write) -> asyncio.Task[None]:
        task = asyncio.create_task(self._attempt(write))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        return task

    async def _attempt(self, write: Write) -> None:
        try:
            await self._tried_until_known(write)
        except (RowError, UnknownKeyError) as error:
            self.given_up += 1
            _logger.error("answered but not logged: %s", error)  # noqa: TRY400 - the reason is enough
        except LogError:
            self._keep(write)
        except Exception:
            self.given_up += 1
            _logger.exception("answered but not logged")

    async def _tried_until_known(self, write: Write) -> None:
        for pause in _UNTIL_KNOWN:
            try:
                await self._tried(write)
            except UnknownKeyError:
                await asyncio.sleep(pause)
            else:
                return
        await self._tried(write)

    def _keep(self, write: Write) -> None:
        """For a later attempt, where there is one."""
        if self._ending or len(self._waiting) >= self._limit:
            self.given_up += 1
            if not self._ending and self.given_up % _SAID_EVERY == 1:
                _logger.error("%d answered but not logged: too many wait for the log", self.given_up)
            return
        self._waiting.append(write)
        if self._repeating is None:
            # Of no update: it writes what is to be remembered of many.
            self._repeating = asyncio.create_task(self._repeat(), context=contextvars.Context())

    async def _repeat(self) -> None:
        try:
            while self._waiting:
                if self.failing is not None and not self._ending:
                    await self._sleep()
                probing = self.failing is not None and not self._ending
                count = min(1 if probing else _TOGETHER, len(self._waiting))
                await asyncio.wait([self._begin(self._waiting.popleft()) for _ in range(count)])
        finally:
            self._repeating = None

    async def _sleep(self) -> None:
        """Until the next attempt is due, the log works again, or this is the end."""
        self._wake.clear()
        try:
            async with asyncio.timeout_at(self._again_at):
                await self._wake.wait()
        except TimeoutError:
            return
