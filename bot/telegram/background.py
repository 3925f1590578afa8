"""What takes long and keeps no chat waiting: tasks beside the updates, ended with the bot."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Final

from bot.logs import context_for_lines

_logger: Final = logging.getLogger(__name__)
_PATIENCE_SECONDS: Final = 5.0
_LAST_SECONDS: Final = 15.0


class Background:
    """Tasks that go on after the update that began them was handled.

    Args:
        patience: seconds that the end waits for them before it cancels them.
    """

    def __init__(self, patience: float = _PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None], name: str) -> None:
        """Let it go on by itself; what it raises is logged under this name."""
        # A context of its own: it holds none of the slots of the update that began it, so it may lend none.
        task = asyncio.create_task(coroutine, name=name, context=context_for_lines())
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def close(self) -> None:
        """Wait a short while for all of them, then cancel them, and wait a while for what they do at their end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._patience)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LAST_SECONDS)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _logger.error("%s ended with a fault", task.get_name(), exc_info=error)
