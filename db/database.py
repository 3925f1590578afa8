"""Where do all tables lie, and who holds the connections to them?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from types import TracebackType
from typing import Self

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from db.opening import explained, for_writing, open_engine


class Database:
    """One database, shared by all that write into it. Opened by the first call that needs it, again after a failure.

    An async context manager, which closes it.

    Args:
        url: of SQLAlchemy, with an asynchronous driver. The folder of a SQLite file is made if it is missing.
        create: whether a log that is not there is made, and an older one migrated; if not, that is a `LogError`.
        busy_seconds: how long to wait for another program that is writing.
    """

    def __init__(self, url: str, *, create: bool = True, busy_seconds: float = 5) -> None:
        self._url = make_url(url)
        self._create = create
        self._busy_seconds = busy_seconds
        self._engine: AsyncEngine | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def explained(self) -> AbstractContextManager[None]:
        """Turns whatever goes wrong inside into a `LogError` that says which database it is and what is wrong."""
        return explained(self._url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the tables; it waits for no writer."""
        async with AsyncSession(await self._opened(), expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes all or nothing; it waits for other writers, and for no reader."""
        async with for_writing(await self._opened()).begin() as connection:
            yield connection

    async def close(self) -> None:
        """Let go of the file. A later call opens it again."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.dispose()

    async def _opened(self) -> AsyncEngine:
        async with self._opening:
            if self._engine is None:
                self._engine = await open_engine(self._url, create=self._create, busy_seconds=self._busy_seconds)
            return self._engine
