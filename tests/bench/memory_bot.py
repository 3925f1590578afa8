"""The measure of what the inbox costs: the same bot, with updates in memory only, as bots usually have them."""

import asyncio
import datetime as dt
import itertools
import sys
from collections.abc import Collection, Sequence

from bot.composition import compose
from bot.settings import read_serve_settings
from bot.telegram.serving import serve_with, stop_signal
from db import Arrival, Closing, Inbox, InboxDepth, OpenUpdate, QueryLog


class MemoryInbox(Inbox):
    """Forgets everything when the program ends; questions are logged when they are closed, as without an inbox."""

    def __init__(self, log: QueryLog) -> None:
        self._log = log
        self._numbers = itertools.count(1)

    async def store(self, arrivals: Sequence[Arrival]) -> list[OpenUpdate]:
        """All of them are new."""
        now = dt.datetime.now(dt.UTC)
        return [OpenUpdate(next(self._numbers), each.update_id, "", each.lane, now) for each in arrivals]

    async def take_over(self) -> list[OpenUpdate]:
        """Nothing is left of before."""
        return []

    async def begin(self, number: int) -> int:
        """Nothing is counted."""
        return number

    async def close_update(self, closing: Closing) -> bool:
        """Only the log is told."""
        if closing.question is not None:
            await self._log.add(closing.question)
        return True

    async def release(self, numbers: Collection[int], begun: Collection[int] = ()) -> None:
        """They are lost."""

    async def prune(self, before: dt.datetime) -> int:  # noqa: ARG002
        """Nothing is kept."""
        return 0

    async def depth(self) -> InboxDepth:
        """Nothing is known."""
        return InboxDepth(0, None, 0)


async def main() -> None:
    """Serve until SIGTERM."""
    settings = read_serve_settings()
    async with compose(settings) as parts:
        serving = asyncio.create_task(serve_with(parts, settings, MemoryInbox(parts.service.log)))
        await stop_signal().wait()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


if __name__ == "__main__" and sys.argv[1:] == ["serve"]:
    asyncio.run(main())
