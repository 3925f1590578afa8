"""How do many callers share one connection that writes? What waits together is written in one transaction."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from db.faults import is_about_a_row
from db.opening import DatabaseFile, for_writing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry: a result, or the error that kept it from being written."""

    result: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    batch: Callable[[Connection, list[Any]], list[Any]]
    item: Any
    future: asyncio.Future[Outcome]


class Writer:
    """A thread of its own with a connection of its own; the thread sleeps while nothing waits.

    A program that ends writes what waits first.

    Args:
        file: what to write into.
        linger: seconds to wait for company; a transaction of one costs as much as of twenty.
    """

    def __init__(self, file: DatabaseFile, linger: float) -> None:
        self._file = file
        self._linger = linger
        self._thread = ThreadPoolExecutor(1, "query-log")
        self._changed = threading.Condition()
        self._waiting: list[_Entry] = []
        self._hurry = False
        self._idle = True
        self._engine: Engine | None = None
        self._connection: Connection | None = None

    def put(
        self, batch: Callable[[Connection, list[Any]], list[Any]], item: Any, *, urgent: bool
    ) -> asyncio.Future[Outcome]:
        """Have an item written; the future tells what became of it, and never fails."""
        entry = _Entry(batch, item, asyncio.get_running_loop().create_future())
        with self._changed:
            self._waiting.append(entry)
            self._hurry |= urgent
            if self._idle:
                self._idle = False
                self._thread.submit(self._write_all)
            elif urgent:
                self._changed.notify()
        return entry.future

    async def close(self) -> None:
        """Write what waits, then let go of the file. What is put later opens it again."""
        with self._changed:
            self._hurry = True
            self._changed.notify()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)

    def _close(self) -> None:
        self._disconnect()
        self._file.let_go()

    def _write_all(self) -> None:
        while entries := self._take():
            _tell(entries, self._write(entries))

    def _take(self) -> list[_Entry]:
        with self._changed:
            if self._waiting:
                self._changed.wait_for(lambda: self._hurry, self._linger)
            entries, self._waiting = self._waiting, []
            self._hurry = False
            self._idle = not entries
        return entries

    def _write(self, entries: list[_Entry]) -> list[Outcome]:
        try:
            try:
                return self._in_transaction(_together, entries)
            except Exception as error:
                if not is_about_a_row(error):
                    raise
                return self._in_transaction(_singly, entries)
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must learn of it
            return [Outcome(error=error)] * len(entries)

    def _in_transaction(
        self, write: Callable[[Connection, list[_Entry]], list[Outcome]], entries: list[_Entry]
    ) -> list[Outcome]:
        try:
            connection = self._connected()
            with connection.begin():
                return write(connection, entries)
        except Exception as error:
            if not is_about_a_row(error):
                self._disconnect()
                self._file.let_go()
            raise

    def _connected(self) -> Connection:
        engine = self._file.engine()
        if self._connection is None or engine is not self._engine:
            self._disconnect()
            self._engine, self._connection = engine, for_writing(engine).connect()
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _together(connection: Connection, entries: list[_Entry]) -> list[Outcome]:
    """Each function gets all of its items at once; the functions in the order in which they were first wanted."""
    groups: dict[Callable[[Connection, list[Any]], list[Any]], list[int]] = {}
    for number, entry in enumerate(entries):
        groups.setdefault(entry.batch, []).append(number)
    outcomes = [Outcome()] * len(entries)
    for batch, numbers in groups.items():
        results = batch(connection, [entries[number].item for number in numbers])
        for number, result in zip(numbers, results, strict=True):
            outcomes[number] = Outcome(result)
    return outcomes


def _singly(connection: Connection, entries: list[_Entry]) -> list[Outcome]:
    return [_alone(connection, entry) for entry in entries]


def _alone(connection: Connection, entry: _Entry) -> Outcome:
    try:
        with connection.begin_nested():
            [result] = entry.batch(connection, [entry.item])
            return Outcome(result)
    except Exception as error:
        if not is_about_a_row(error):
            raise
        return Outcome(error=error)


def _tell(entries: list[_Entry], outcomes: list[Outcome]) -> None:
    told: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Outcome], Outcome]]] = {}
    for entry, outcome in zip(entries, outcomes, strict=True):
        told.setdefault(entry.future.get_loop(), []).append((entry.future, outcome))
    for loop, news in told.items():
        with suppress(RuntimeError):  # that loop has ended; what was written is written
            loop.call_soon_threadsafe(_settle, news)


def _settle(news: list[tuple[asyncio.Future[Outcome], Outcome]]) -> None:
    for future, outcome in news:
        if not future.done():  # its caller may have been cancelled
            future.set_result(outcome)
