"""Where do all tables lie, and how are they read and written?"""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.faults import explained
from db.opening import DatabaseFile
from db.writer import Writer

Item = TypeVar("Item")
Result = TypeVar("Result")

_LINGER_SECONDS: Final = 0.02


class Database:
    """One database, shared by all that write into it. Opened by the first call that needs it, again after a failure.

    All writing of a program goes through one thread with one connection; readers have connections of their own, and
    nobody waits for a reader. An async context manager, which closes it.

    Args:
        url: of SQLAlchemy, of a SQLite file with any driver. The folder is made if it is missing.
        create: whether a log that is not there is made, and an older one migrated; if not, that is a `LogError`.
        busy_seconds: how long to wait for another program that is writing.
    """

    def __init__(self, url: str, *, create: bool = True, busy_seconds: float = 5) -> None:
        self.url = make_url(url).set(drivername="sqlite")
        self._file = DatabaseFile(self.url, create=create, busy_seconds=busy_seconds)
        self._writer = Writer(self._file, _LINGER_SECONDS)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def read(self, work: Callable[[Session], Result]) -> Result:
        """What ``work`` finds, in a thread; its session sees one state of the tables, and waits for no writer.

        Raises:
            LogError: it cannot be read.
        """
        return await asyncio.to_thread(self._read, work)

    async def write(
        self, batch: Callable[[Connection, list[Item]], list[Result]], item: Item, *, urgent: bool = False
    ) -> Result:
        """Write an item; it is durable when this returns. Whatever waits at the same time shares the transaction.

        A caller that is cancelled harms nobody, and its item is written none the less.

        Args:
            batch: writes many items, with a result for each, in their order. It runs in the writer's thread, and once
                more where an item proves to be at fault, so that it must change nothing but the database.
            item: for it.
            urgent: whether this and all that waits is written now; else it waits a moment for company.

        Raises:
            RowError: this item is at fault; others that were written with it are written.
            LogError: nothing was written.
        """
        outcome = await self._writer.put(batch, item, urgent=urgent)
        if outcome.error is not None:
            raise explained(self.url, outcome.error, writing=True) from outcome.error
        return cast("Result", outcome.result)

    async def close(self) -> None:
        """Write what waits, then let go of the file. A later call opens it again."""
        await self._writer.close()

    def _read(self, work: Callable[[Session], Result]) -> Result:
        engine = None
        try:
            engine = self._file.engine()
            with Session(engine, expire_on_commit=False) as session:
                return work(session)
        except Exception as error:
            if engine is not None and isinstance(error, DBAPIError):
                self._file.let_go(engine)
            raise explained(self.url, error) from error
