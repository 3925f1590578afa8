"""What arrived and is not yet answered? Written before it is confirmed, closed in one transaction with its log entry.

Updates of a lane are dealt with in the order of their arrival, by one worker at a time: while it holds an open update
of a lane, nobody else gets one of that lane.
"""

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Collection, Iterable, Sequence
from itertools import compress
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from db.database import Database
from db.query_log import insert_questions
from db.records import Arrival, Closing, InboxDepth, OpenUpdate
from db.tables import InboxRow, WorkerRow
from db.workers import Workers

KEPT: Final = dt.timedelta(days=7)
"""How much longer than others those are kept that were kept aside."""
_PRUNED_AT_ONCE: Final = 2_000  # rows; a longer transaction keeps others waiting
_UPDATE: Final = (
    InboxRow.id,
    InboxRow.update_id,
    func.coalesce(InboxRow.body, ""),
    InboxRow.lane,
    InboxRow.received_at,
    InboxRow.attempts,
)
_OPEN: Final = InboxRow.closed_at.is_(None)
_ASIDE: Final = InboxRow.closed_at.is_not(None) & InboxRow.body.is_not(None)


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

    async def store(self, arrivals: Sequence[Arrival]) -> list[OpenUpdate]:
        """Write updates; they are durable when this returns. Those that are new and ours to deal with now, in order.

        An update that is known is passed over. One in whose lane others are open that are not ours is stored for
        nobody: `take_over` hands it out when its time has come.

        Raises:
            RowError: one of them cannot be stored, nor were the others of this call.
            LogError: nothing was written.
        """
        return await self._handed_out(self._database.write(self._store, (_now(), arrivals), urgent=True))

    async def take_over(self) -> list[OpenUpdate]:
        """Say that this worker lives, and take what nobody alive holds, oldest first. To be called every few seconds.

        Raises:
            LogError: it cannot be read or written.
        """
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
        return await self._database.write(_close, closing)

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
        while some := await self._database.write(_prune, before):
            removed += some
        return removed

    async def depth(self) -> InboxDepth:
        """How full it is.

        Raises:
            LogError: it cannot be read.
        """
        return await self._database.read(_depth)

    async def _handed_out(self, taking: Awaitable[list[OpenUpdate]]) -> list[OpenUpdate]:
        """What is taken. Where the caller is cancelled meanwhile, nobody knows of it: it is taken again later."""
        task = asyncio.ensure_future(taking)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(self._take_again)
            raise

    def _take_again(self, task: asyncio.Future[list[OpenUpdate]]) -> None:
        if not task.cancelled() and task.exception() is None:
            self._undelivered.update(each.id for each in task.result())

    def _store(
        self, connection: Connection, calls: list[tuple[dt.datetime, Sequence[Arrival]]]
    ) -> list[list[OpenUpdate]]:
        self._workers.sign_up(connection)
        arrivals = [arrival for _, some in calls for arrival in some]
        known = _found(connection, InboxRow.update_id, [arrival.update_id for arrival in arrivals])
        lanes = {arrival.lane for arrival in arrivals if arrival.lane is not None}
        foreign = _found(connection, InboxRow.lane, lanes, _OPEN, InboxRow.owner.is_distinct_from(self._owner))
        number = _last_id(connection)
        rows: list[dict[str, Any]] = []
        results: list[list[OpenUpdate]] = []
        for received_at, some in calls:
            ours: list[OpenUpdate] = []
            for arrival in some:
                if arrival.update_id in known:
                    continue
                known.add(arrival.update_id)
                number += 1
                new = OpenUpdate(number, arrival.update_id, arrival.body, arrival.lane, received_at)
                owner = None if arrival.lane in foreign else self._owner
                rows.append(_row(new, owner))
                if owner:
                    ours.append(new)
            results.append(ours)
        if rows:
            connection.execute(insert(InboxRow), rows)
        return results

    def _take_over(self, connection: Connection, calls: list[Collection[int]]) -> list[list[OpenUpdate]]:
        self._workers.beat(connection)
        self._workers.bury(connection)
        undelivered = {number for numbers in calls for number in numbers}
        held = InboxRow.owner.in_(select(WorkerRow.name)) & InboxRow.id.not_in(_values(undelivered))
        others = select(InboxRow.lane).where(_OPEN, held, InboxRow.owner != self._owner, InboxRow.lane.is_not(None))
        free = or_(InboxRow.owner.is_(None), ~held)
        query = select(*_UPDATE).where(_OPEN, free, or_(InboxRow.lane.is_(None), InboxRow.lane.not_in(others)))
        taken = [OpenUpdate(*row) for row in connection.execute(query.order_by(InboxRow.id))]
        if taken:
            theirs = InboxRow.id.in_(_values(each.id for each in taken))
            connection.execute(update(InboxRow).where(theirs).values(owner=self._owner))
        return [taken] + [[] for _ in calls[1:]]

    def _begin(self, connection: Connection, numbers: list[int]) -> list[int]:
        attempts: list[int] = []
        for number in numbers:
            ours = (InboxRow.id == number, _OPEN, InboxRow.owner == self._owner)
            connection.execute(update(InboxRow).where(*ours).values(attempts=InboxRow.attempts + 1))
            attempts.append(connection.scalar(select(InboxRow.attempts).where(*ours)) or 0)
        return attempts

    def _release(self, connection: Connection, calls: list[tuple[Collection[int], Collection[int]]]) -> list[None]:
        for numbers, begun in calls:
            ours = (InboxRow.id.in_(_values(numbers)), _OPEN, InboxRow.owner == self._owner)
            counted = InboxRow.id.in_(_values(begun)) & (InboxRow.attempts > 0)
            fewer = case((counted, InboxRow.attempts - 1), else_=InboxRow.attempts)
            connection.execute(update(InboxRow).where(*ours).values(owner=None, attempts=fewer))
        return [None] * len(calls)


_CLOSE: Final = (
    update(InboxRow)
    .where(InboxRow.id == bindparam("number"))
    .values(
        lane=None,  # it may be a person's number
        owner=None,
        closed_at=bindparam("now"),
        outcome=bindparam("what"),
        error=bindparam("why"),
        body=case((bindparam("kept", type_=Boolean), InboxRow.body)),
    )
)


def _close(connection: Connection, closings: list[Closing]) -> list[bool]:
    still_open = _found(connection, InboxRow.id, [closing.id for closing in closings], _OPEN)
    first = {closing.id: number for number, closing in reversed(list(enumerate(closings)))}
    written = [closing.id in still_open and first[closing.id] == number for number, closing in enumerate(closings)]
    ours = list(compress(closings, written))
    now = _now()
    if ours:
        rows = [{"number": c.id, "now": now, "what": c.outcome, "why": c.error, "kept": c.keep} for c in ours]
        connection.execute(_CLOSE, rows)
        insert_questions(connection, [closing.question for closing in ours if closing.question])
    return written


def _prune(connection: Connection, befores: list[dt.datetime]) -> list[int]:
    before = max(befores)
    old = or_(InboxRow.closed_at < before - KEPT, (InboxRow.closed_at < before) & InboxRow.body.is_(None))
    some = select(InboxRow.id).where(InboxRow.closed_at.is_not(None), old).limit(_PRUNED_AT_ONCE)
    removed = connection.execute(delete(InboxRow).where(InboxRow.id.in_(some))).rowcount
    return [removed] + [0] * (len(befores) - 1)


def _depth(session: Session) -> InboxDepth:
    waiting, oldest = session.execute(select(func.count(), func.min(InboxRow.received_at)).where(_OPEN)).one()
    aside = session.scalar(select(func.count()).select_from(InboxRow).where(_ASIDE)) or 0
    return InboxDepth(waiting, oldest, aside)


def _row(new: OpenUpdate, owner: str | None) -> dict[str, Any]:
    return {
        "id": new.id,
        "update_id": new.update_id,
        "lane": new.lane,
        "body": new.body,
        "received_at": new.received_at,
        "owner": owner,
        "attempts": 0,
    }


def _last_id(connection: Connection) -> int:
    """The largest id that was ever given; rows may have gone since."""
    return connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'inbox'")) or 0


def _found(
    connection: Connection, column: Any, values: Iterable[int | str], *conditions: ColumnElement[bool]
) -> set[Any]:
    """Those of the values that stand in a column."""
    return set(connection.scalars(select(column).where(column.in_(_values(values)), *conditions)))


def _values(values: Iterable[int | str]) -> Select[Any]:
    """Any number of values in one parameter: the statement stays the same, and is prepared once."""
    return select(func.json_each(json.dumps(list(values))).table_valued("value").c.value)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
