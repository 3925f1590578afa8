"""Many chats at once, each in its own order."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# Messages that wait for their chat's turn hold a slot each: with few, one busy chat keeps all others waiting.
SLOTS: Final = 256


class ChatOrder(BaseUpdateProcessor):
    """Handles updates of different chats at the same time and those of one chat one after the other."""

    def __init__(self) -> None:
        super().__init__(SLOTS)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when its chat's earlier ones are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        turn = self._turns.setdefault(chat.id, asyncio.Lock())  # wakes those who wait in the order they came
        async with turn:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""
