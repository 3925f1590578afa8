"""How is the file opened, and when must it be opened anew?"""

import threading
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from db.errors import LogError
from db.faults import place_of
from db.schema import is_current, require_current, upgrade

_BEGIN: Final = "verbatim_begin"


class DatabaseFile:
    """One file, opened by the first who needs it; opened anew after `let_go`, and when another file took its place.

    All threads may use it.

    Args:
        url: of SQLite.
        create: make or migrate what is missing; else a database that is not there is an error, and nothing is written.
        busy_seconds: how long to wait for another program that is writing.
    """

    def __init__(self, url: URL, *, create: bool, busy_seconds: float) -> None:
        self._url = url
        self._create = create
        self._busy_seconds = busy_seconds
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._identity: tuple[int, int] | None = None

    def engine(self) -> Engine:
        """What connects to it, with the tables at the version that this program knows.

        Raises:
            LogError: there is no such database.
            SchemaError: another program or version wrote it.
        """
        with self._lock:
            if self._engine is not None and self._identity != self._found():
                self._dispose()
            if self._engine is None:
                self._engine = _open(self._url, create=self._create, busy_seconds=self._busy_seconds)
                self._identity = self._found()
            return self._engine

    def let_go(self, engine: Engine | None = None) -> None:
        """Close what is open, if it is still this engine; the next who needs it opens it anew."""
        with self._lock:
            if engine is None or engine is self._engine:
                self._dispose()

    def _dispose(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    def _found(self) -> tuple[int, int] | None:
        """Which file lies there: writing on into one that was removed would lose everything without a word."""
        try:
            found = Path(self._url.database or "").stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def for_writing(engine: Engine) -> Engine:
    """The same database; its transactions begin as writers, so that two of them wait for each other and never clash."""
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def _open(url: URL, *, create: bool, busy_seconds: float) -> Engine:
    _prepare_folder(url, create=create)
    # The values of a statement are what people asked: they are not for the texts of errors.
    engine = create_engine(url, connect_args={"timeout": busy_seconds}, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    try:
        _bring_up_to_date(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare_folder(url: URL, *, create: bool) -> None:
    path = Path(url.database) if url.database and url.database != ":memory:" else None
    if create and path:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not create and not (path and path.is_file()):
        raise LogError(
            f"there is no query log at {place_of(url)}; ask something first, or name another with DATABASE_URL"
        )


def _bring_up_to_date(engine: Engine, *, create: bool) -> None:
    with engine.connect() as connection:
        if not create:
            require_current(connection)
            return
        # Reading only: whoever finds the tables in place waits for nobody.
        current = is_current(connection)
        connection.rollback()
        # The journal's mode stands in the file, a restored backup has another. It cannot change inside a transaction.
        if not current or _journal_mode(connection) != "wal":
            _journal_mode(connection, "=WAL")
    if not current:
        with for_writing(engine).begin() as connection:
            upgrade(connection)


def _journal_mode(connection: Connection, change: str = "") -> str:
    """How changes are kept until they are in the file. With a log ahead of it, readers and the writer never wait."""
    cursor = connection.connection.cursor()
    try:
        return str(cursor.execute(f"PRAGMA journal_mode{change}").fetchone()[0])
    finally:
        cursor.close()


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, never by themselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")  # what is confirmed to Telegram must outlive a power cut
    cursor.execute("PRAGMA secure_delete=ON")  # who asked is in the updates: what is removed is overwritten
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
