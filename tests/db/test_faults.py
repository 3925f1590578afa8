"""When the disk or the file fails, it is said what is wrong and what to do; when it is back, so is the log."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from db import Arrival, Inbox, LogError, QueryLog, RowError
from tests.db.test_query_log import asked


@pytest.fixture
def pragma() -> Iterator[Callable[[str], None]]:
    """Sets something on every connection that is opened from now on."""
    listeners: list[Callable[..., None]] = []

    def add(statement: str) -> None:
        def on_connect(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute(f"PRAGMA {statement}").close()

        listeners.append(on_connect)
        event.listen(Engine, "connect", on_connect)

    yield add
    for each in listeners:
        event.remove(Engine, "connect", each)


async def fill(log: QueryLog) -> int:
    """Write until nothing goes in; how many went in."""
    for number in range(1000):
        try:
            await log.database.write(_big, number, urgent=True)
        except LogError:
            return number
    raise AssertionError("it never filled up")


async def fill_once(log: QueryLog) -> None:
    """Write one more."""
    await log.database.write(_big, 0)


def _big(connection: object, items: list[int]) -> list[int]:
    from db.question_rows import insert_questions  # noqa: PLC0415 - beside its only use

    return insert_questions(connection, [asked("x" * 9000) for _ in items])  # type: ignore[arg-type]


async def test_a_full_disk_is_told_and_room_is_enough(tmp_path: Path, pragma: Callable[[str], None]) -> None:
    """What was written before stays, what failed was not written, and reading goes on."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url) as log:
        await log.add(asked())
    pragma("max_page_count = 60")
    async with QueryLog(url) as log:
        written = await fill(log)
        assert written > 3
        with pytest.raises(LogError, match=r"log\.db cannot be used: .*is full \(free some space on that disk"):
            await Inbox(log.database, "a").store([Arrival(1, "x" * 9000)])
        assert await log.count() == written + 1
        with pytest.raises(LogError, match="is full"):  # and lets go of all that was open
            await fill_once(log)
        pragma("max_page_count = 100000")
        assert len(await Inbox(log.database, "a").store([Arrival(1, "x" * 9000)])) == 1


async def test_a_file_that_may_not_be_written_is_told(tmp_path: Path, pragma: Callable[[str], None]) -> None:
    """And read none the less."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url) as log:
        await log.add(asked())
    pragma("query_only = ON")
    async with QueryLog(url) as log:
        with pytest.raises(LogError, match=r"readonly database \(the bot's user must be allowed to write this file"):
            await log.add(asked())
        assert await log.count() == 1


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    """It cannot be opened."""
    (tmp_path / "log.db").mkdir()
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        with pytest.raises(LogError, match=r"unable to open database file \(its folder must be there"):
            await log.add(asked())


async def test_a_damaged_file_is_told_and_a_new_one_taken(tmp_path: Path) -> None:
    """As soon as it lies there."""
    url, path = f"sqlite:///{tmp_path}/log.db", tmp_path / "log.db"
    async with QueryLog(url) as log:
        await asyncio.gather(*(log.add(asked("x" * 3000)) for _ in range(50)))
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    async with QueryLog(url) as log:
        with pytest.raises(LogError, match=r"the file is damaged; stop the bot, then restore a backup"):
            await asyncio.gather(*(log.add(asked("x" * 3000)) for _ in range(50)))
        path.rename(tmp_path / "damaged.db")
        for rest in tmp_path.glob("log.db-*"):  # noqa: ASYNC240 - two files
            rest.unlink()
        assert await log.add(asked()) == 1


async def test_a_lock_of_another_program_is_told_and_waited_for(tmp_path: Path) -> None:
    """Nobody in this program waits meanwhile: the loop runs on."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url, busy_seconds=0.3) as log:
        await log.add(asked())
        other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        adding = asyncio.create_task(log.add(asked()))
        turns = 0
        while not adding.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert turns > 10
        with pytest.raises(LogError, match=r"database is locked \(another program holds it; end that program"):
            await adding
        waiting = asyncio.create_task(log.add(asked()))
        await asyncio.sleep(0.1)
        other.execute("ROLLBACK")
        assert await waiting == 2
        other.close()


async def test_errors_do_not_repeat_what_was_written(tmp_path: Path) -> None:
    """Whoever asked reads it in no log of errors."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        with pytest.raises(RowError) as caught:
            await Inbox(log.database, "a").store([Arrival(1, "private \udc80")])
        assert "private" not in str(caught.value)
