"""Many chats at once, each in its own order."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

SLOTS: Final = 256

_slots_of: Final[ContextVar[asyncio.Semaphore | None]] = ContextVar("slots", default=None)


class ChatOrder(BaseUpdateProcessor):
    """Handles updates of different chats at the same time and those of one chat one after the other.

    Only an update whose turn in its chat has come takes one of the `SLOTS`: a chat with many waiting ones takes as
    much room as one with a single one.
    """

    def __init__(self) -> None:
        super().__init__(sys.maxsize)  # the library's slots are taken by those who wait as well: it has to have enough
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._slots = asyncio.Semaphore(SLOTS)
        self._unfinished: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when its chat's earlier ones are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        # An asyncio.Lock wakes those who wait in the order they came.
        turn = self._turns.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()
        task = asyncio.current_task()
        if task is not None:
            self._unfinished.add(task)
            task.add_done_callback(self._unfinished.discard)
        _slots_of.set(self._slots)
        try:
            async with turn, self._slots:
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # one that was dropped before its turn came

    async def drop_unfinished(self) -> int:
        """Give up every update that is waiting or being handled; how many there were."""
        dropped = list(self._unfinished)
        for task in dropped:
            task.cancel()
        await asyncio.gather(*dropped, return_exceptions=True)
        return len(dropped)

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""


@asynccontextmanager
async def slot_free_for_others() -> AsyncIterator[None]:
    """Lends this update's slot to others while the body waits; its chat's order is kept."""
    slots = _slots_of.get()
    if slots is None:
        yield
        return
    slots.release()
    try:
        yield
    finally:
        await slots.acquire()
