"""Many writers, one transaction at a time: what arrives while a batch is being written makes up the next batch."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from db.errors import LogError

Item = TypeVar("Item")
Result = TypeVar("Result")


class GroupCommit(Generic[Item, Result]):
    """Hands items to a function that writes many at once, and each caller its own item's result.

    Args:
        write: writes a batch, all or nothing; the results in the order of the items.
        is_about_a_row: whether an error of ``write`` is one item's fault. Then the items are written one by one, so
            that the others do not suffer from it; any other error fails the whole batch at once.
        linger: seconds to wait for company before a batch is written; a transaction of one costs as much as of twenty.
    """

    def __init__(
        self,
        write: Callable[[list[Item]], Awaitable[list[Result]]],
        is_about_a_row: Callable[[Exception], bool],
        linger: float = 0,
    ) -> None:
        self._linger = linger
        self._write = write
        self._is_about_a_row = is_about_a_row
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Write an item; its result. A caller that is cancelled harms nobody, and its item is written none the less.

        Raises:
            Exception: what ``write`` raised.
        """
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        return await future

    async def close(self) -> None:
        """Give up what has not been begun, telling its callers, and wait for the batch that is being written."""
        waiting, self._waiting = self._waiting, []
        _fail(waiting, LogError("it was closed before this was written"))
        if self._writer is not None:
            await asyncio.wait({self._writer})

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._linger)
                batch, self._waiting = self._waiting, []
                if batch:  # closing may have taken it
                    await self._write_batch(batch)
        finally:
            self._writer = None

    async def _write_batch(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._write([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must learn of it
            if len(batch) > 1 and self._is_about_a_row(error):
                await self._write_singly(batch)
            else:
                _fail(batch, error)
        except BaseException:
            for _, future in batch:
                future.cancel()
            raise
        else:
            for (_, future), result in zip(batch, results, strict=True):
                if not future.done():
                    future.set_result(result)

    async def _write_singly(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        for number, (item, future) in enumerate(batch):
            await self._write_batch([(item, future)])
            error = future.exception() if not future.cancelled() else None
            if isinstance(error, Exception) and not self._is_about_a_row(error):
                _fail(batch[number + 1 :], error)
                return


def _fail(batch: list[tuple[Item, asyncio.Future[Result]]], error: Exception) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(error)
