"""How a log's database is opened, and what its errors are called."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db.errors import LogError
from db.schema import is_current, require_current, upgrade

_BEGIN: Final = "verbatim_begin"


async def open_engine(url: URL, *, create: bool, busy_seconds: float) -> AsyncEngine:
    """The database, with its tables at the version that this program knows.

    Args:
        url: with an asynchronous driver.
        create: make or migrate what is missing; else a database that is not there is an error, and nothing is written.
        busy_seconds: how long to wait for another program that is writing.

    Raises:
        LogError: there is no such database.
        SchemaError: another program or version wrote it.
    """
    _prepare_folder(url, create=create)
    engine = create_async_engine(url, connect_args={"timeout": busy_seconds})
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    try:
        await _bring_up_to_date(engine, create=create)
    except BaseException:
        await engine.dispose()
        raise
    return engine


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """The same database; its transactions begin as writers, so that two of them wait for each other and never clash."""
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def place_of(url: URL) -> str:
    """The address as people may see it."""
    return url.render_as_string(hide_password=True)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turns whatever goes wrong into an error that says which database it is and what is wrong with it."""
    try:
        yield
    except LogError:
        raise
    except Exception as error:
        # SQLAlchemy's own text repeats the statement with its values: the driver's is enough.
        reason = getattr(error, "orig", None) or error
        raise LogError(f"the query log at {place_of(url)} cannot be used: {reason}") from error


def _prepare_folder(url: URL, *, create: bool) -> None:
    path = Path(url.database) if url.database and url.database != ":memory:" else None
    if create and path:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not create and not (path and path.is_file()):
        raise LogError(
            f"there is no query log at {place_of(url)}; ask something first, or name another with DATABASE_URL"
        )


async def _bring_up_to_date(engine: AsyncEngine, *, create: bool) -> None:
    async with engine.connect() as connection:
        if not create:
            await connection.run_sync(require_current)
            return
        # Reading only: whoever finds the tables in place waits for nobody.
        if await connection.run_sync(is_current):
            return
        await connection.rollback()
        # The journal's mode stands in the file. It cannot change inside a transaction.
        await connection.run_sync(_write_ahead)
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(upgrade)


def _write_ahead(connection: Connection) -> None:
    """Lets readers and the writer not wait for each other."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, never by themselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
