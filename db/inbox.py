"""What arrived and is not yet answered? Written before it is confirmed, closed in one transaction with its log entry.

Updates of a lane are dealt with in the order of their arrival, by one worker at a time: while it holds an open update
of a lane, nobody else gets one of that lane.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Collection, Sequence

from sqlalchemy import Connection

from db import inbox_rows as rows
from db.database import Database
from db.records import Arrival, Closing, InboxDepth, OpenUpdate
from db.workers import Workers


class Inbox:
    """The updates in one database, as one worker sees them.

    Args:
        database: where they are written.
        owner: what the worker is called, as `worker_name` makes it.
        workers: who lives; made for the owner if none is given.
    """

    def __init__(self, database: Database, owner: str, workers: Workers | None = None) -> None:
        self._database = database
        self._owner = owner
        self._workers = workers or Workers(owner)
        self._undelivered: set[int] = set()
        self._abandoned: set[asyncio.Future[list[OpenUpdate]]] = set()

    async def store(self, arrivals: Sequence[Arrival]) -> list[OpenUpdate]:
        """Write updates; they are durable when this returns. Those that are new and ours to deal with now, in order.

        An update that is known is passed over. One in whose lane others are open that are not ours is stored for
        nobody: `take_over` hands it out when its time has come.

        Raises:
            RowError: one of them cannot be stored, nor were the others of this call.
            LogError: nothing was written.
        """
        await self._all_known()
        undelivered: Collection[int] = frozenset(self._undelivered)
        call = (dt.datetime.now(dt.UTC), arrivals, undelivered)
        return await self._handed_out(self._database.write(self._store, call, urgent=True))

    async def take_over(self) -> list[OpenUpdate]:
        """Say that this worker lives, and take what nobody alive holds, oldest first. To be called every few seconds.

        Raises:
            LogError: it cannot be read or written.
        """
        await self._all_known()
        undelivered: Collection[int] = frozenset(self._undelivered)
        self._undelivered.clear()
        try:
            return await self._handed_out(self._database.write(self._take_over, undelivered, urgent=True))
        except BaseException:
            self._undelivered.update(undelivered)
            raise

    async def begin(self, number: int) -> int:
        """Count an attempt, before it is made; how many there were, with this one. 0: it is not ours any more.

        Raises:
            LogError: it was not written.
        """
        return await self._database.write(self._begin, number, urgent=True)

    async def close_update(self, closing: Closing) -> bool:
        """Say what became of an update, and log its question, in one transaction.

        Returns:
            Whether it was open; else nothing was written.

        Raises:
            RowError: its question does not fit the log; the update is still open.
            LogError: nothing was written.
        """
        return await self._database.write(rows.close, closing)

    async def release(self, numbers: Collection[int], begun: Collection[int] = ()) -> None:
        """Let others deal with these: what is not open or not ours is passed over.

        Args:
            numbers: of the updates.
            begun: those of them whose last attempt is not to be counted, because they did not end this process.

        Raises:
            LogError: it was not written.
        """
        await self._database.write(self._release, (numbers, begun), urgent=True)

    async def prune(self, before: dt.datetime) -> int:
        """Remove what was closed earlier than then, a week later what was kept aside; how many.

        Args:
            before: with a time zone. Telegram sends an update again for a day at most: a later one is taken for new.

        Raises:
            LogError: they were not removed, or not all.
        """
        removed = 0
        while some := await self._database.write(rows.prune, before):
            removed += some
        return removed

    async def depth(self) -> InboxDepth:
        """How full it is.

        Raises:
            LogError: it cannot be read.
        """
        return await self._database.read(rows.depth)

    async def _handed_out(self, taking: Awaitable[list[OpenUpdate]]) -> list[OpenUpdate]:
        """What is taken. Where the caller is cancelled meanwhile, nobody knows of it: it is taken again later."""
        task = asyncio.ensure_future(taking)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._abandoned.add(task)
            task.add_done_callback(self._take_again)
            raise

    async def _all_known(self) -> None:
        """What a cancelled caller was to get comes before what is younger."""
        if self._abandoned:
            await asyncio.wait(self._abandoned)

    def _take_again(self, task: asyncio.Future[list[OpenUpdate]]) -> None:
        self._abandoned.discard(task)
        if not task.cancelled() and task.exception() is None:
            self._undelivered.update(each.id for each in task.result())

    def _store(
        self, connection: Connection, calls: list[tuple[dt.datetime, Sequence[Arrival], Collection[int]]]
    ) -> list[list[OpenUpdate]]:
        self._workers.sign_up(connection)
        arrivals = [arrival for _, some, _ in calls for arrival in some]
        undelivered = {number for _, _, numbers in calls for number in numbers}
        known = rows.known(connection, arrivals)
        foreign = rows.foreign_lanes(connection, arrivals, self._owner, undelivered)
        number = rows.last_id(connection)
        new: list[tuple[OpenUpdate, str | None]] = []
        results: list[list[OpenUpdate]] = []
        for received_at, some, _ in calls:
            results.append([])
            for arrival in some:
                if arrival.update_id in known:
                    continue
                known.add(arrival.update_id)
                number += 1
                found = OpenUpdate(number, arrival.update_id, arrival.body, arrival.lane, received_at)
                if arrival.lane in foreign:
                    new.append((found, None))
                else:
                    new.append((found, self._owner))
                    results[-1].append(found)
        rows.insert_open(connection, new)
        return results

    def _take_over(self, connection: Connection, calls: list[Collection[int]]) -> list[list[OpenUpdate]]:
        self._workers.beat(connection)
        self._workers.bury(connection)
        undelivered = {number for numbers in calls for number in numbers}
        return [rows.take_free(connection, self._owner, undelivered)] + [[] for _ in calls[1:]]

    def _begin(self, connection: Connection, numbers: list[int]) -> list[int]:
        return [rows.begin(connection, self._owner, number) for number in numbers]

    def _release(self, connection: Connection, calls: list[tuple[Collection[int], Collection[int]]]) -> list[None]:
        for numbers, begun in calls:
            rows.release(connection, self._owner, numbers, begun)
        return [None] * len(calls)
