"""Many callers, one writer: everybody gets their own result, whatever happens to the others."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from db import Database, LogError, QueryLog, RowError
from tests.db.test_query_log import asked

CREATE = text("CREATE TABLE IF NOT EXISTS number (value INTEGER UNIQUE CHECK (value > 0))")
INSERT = text("INSERT INTO number VALUES (:value)")


class Numbers:
    """Writes numbers, doubles them for their callers; holds the writer up while `closed`."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = threading.Event()
        self.open.set()

    def write(self, connection: Connection, numbers: list[int]) -> list[int]:
        """All or nothing."""
        self.batches.append(numbers)
        self.open.wait(10)
        connection.execute(CREATE)
        connection.execute(INSERT, [{"value": number} for number in numbers])
        return [number * 2 for number in numbers]

    def later(self, connection: Connection, numbers: list[int]) -> list[int]:
        """Another function on the same table."""
        return self.write(connection, numbers)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """In a file of its own."""
    async with Database(f"sqlite:///{tmp_path}/log.db") as database:
        yield database


@pytest.fixture
def numbers() -> Numbers:
    """What is written."""
    return Numbers()


async def all_of(database: Database, numbers: Numbers, *values: int) -> list[int | BaseException]:
    """What each of those who write at the same time gets."""
    return await asyncio.gather(*(database.write(numbers.write, each) for each in values), return_exceptions=True)


async def written(database: Database) -> list[int]:
    """All numbers, in the order in which they were written."""
    return await database.read(lambda session: list(session.scalars(text("SELECT value FROM number ORDER BY rowid"))))


async def test_what_arrives_together_is_written_together(database: Database, numbers: Numbers) -> None:
    """And everybody gets their own."""
    assert await all_of(database, numbers, 1, 2, 3) == [2, 4, 6]
    assert await database.write(numbers.write, 4) == 8
    assert numbers.batches == [[1, 2, 3], [4]]
    assert await written(database) == [1, 2, 3, 4]


async def test_different_writers_share_a_transaction_in_the_order_of_their_arrival(
    database: Database, numbers: Numbers
) -> None:
    """Each of them gets all of its items at once."""
    calls = [(numbers.write, 1), (numbers.later, 2), (numbers.write, 3)]
    assert await asyncio.gather(*(database.write(batch, item) for batch, item in calls)) == [2, 4, 6]
    assert numbers.batches == [[1, 3], [2]]


async def test_what_is_not_urgent_waits_for_company(database: Database, numbers: Numbers) -> None:
    """Only a moment, and not when an urgent one comes."""
    first = asyncio.create_task(database.write(numbers.write, 1))
    await asyncio.sleep(0.005)
    assert await database.write(numbers.write, 2, urgent=True) == 4
    assert await first == 2
    assert numbers.batches == [[1, 2]]


async def test_a_bad_row_does_not_take_the_others_with_it(database: Database, numbers: Numbers) -> None:
    """Only its own caller learns of it, and is told that trying again does not help."""
    first, second, third, fourth, fifth = await all_of(database, numbers, 1, -2, 3, 2**70, 1)
    assert (first, third) == (2, 6)
    assert [type(each) for each in (second, fourth, fifth)] == [RowError] * 3
    assert "does not take this entry: CHECK constraint failed" in str(second)
    assert await written(database) == [1, 3]


async def test_a_batch_is_whole_or_not_at_all(database: Database, numbers: Numbers) -> None:
    """Also when another function fails in the same transaction."""

    def fail(connection: Connection, items: list[int]) -> list[int]:
        connection.execute(INSERT, {"value": items[0]})
        raise RuntimeError("no more")

    await database.write(numbers.write, 1)
    results = await asyncio.gather(database.write(numbers.write, 2), database.write(fail, 3), return_exceptions=True)
    assert [str(each).endswith("cannot be used: no more") for each in results] == [True, True]
    assert results[0] is not results[1]
    assert await written(database) == [1]


async def test_a_cancelled_caller_harms_nobody(database: Database, numbers: Numbers) -> None:
    """Neither one whose batch is being written nor one that still waits; what they gave is written."""
    numbers.open.clear()
    early = [asyncio.create_task(database.write(numbers.write, value)) for value in (1, 2)]
    await asyncio.sleep(0.1)
    late = [asyncio.create_task(database.write(numbers.write, value)) for value in (3, 4)]
    await asyncio.sleep(0.01)
    early[0].cancel()
    late[0].cancel()
    await asyncio.sleep(0.01)
    numbers.open.set()
    assert (await early[1], await late[1]) == (4, 8)
    assert await written(database) == [1, 2, 3, 4]


async def test_closing_writes_what_waits(database: Database, numbers: Numbers) -> None:
    """At once, and afterwards it can be used again."""
    waiting = [asyncio.create_task(database.write(numbers.write, value)) for value in (1, 2)]
    await asyncio.sleep(0)
    await database.close()
    assert [each.done() for each in waiting] == [True, True]
    assert await database.write(numbers.write, 3) == 6
    assert await written(database) == [1, 2, 3]


def test_a_program_that_ends_writes_what_waits(tmp_path: Path, numbers: Numbers) -> None:
    """Its loop may be gone before the answer comes."""
    database = Database(f"sqlite:///{tmp_path}/log.db")

    async def leave() -> None:
        task = asyncio.create_task(database.write(numbers.write, 1))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(leave())

    async def look() -> list[int]:
        async with database:
            return [await database.write(numbers.write, 2), *await written(database)]

    assert asyncio.run(look()) == [4, 1, 2]


async def test_a_reader_sees_one_state_and_waits_for_no_writer(database: Database, numbers: Numbers) -> None:
    """What is written while it reads is not there for it."""
    await database.write(numbers.write, 1)
    reading, writing = threading.Event(), threading.Event()

    def count_twice(session: object) -> list[int]:
        count = text("SELECT count(*) FROM number")
        first = session.scalar(count)  # type: ignore[attr-defined]
        reading.set()
        writing.wait(10)
        return [first, session.scalar(count)]  # type: ignore[attr-defined]

    looking = asyncio.create_task(database.read(count_twice))
    await asyncio.to_thread(reading.wait, 10)
    await database.write(numbers.write, 2)
    numbers.open.clear()
    held_up = asyncio.create_task(database.write(numbers.write, 3, urgent=True))
    writing.set()
    async with asyncio.timeout(5):
        assert await looking == [1, 1]
        assert await written(database) == [1, 2]
    numbers.open.set()
    await held_up


def remove(path: Path) -> None:
    """With what belongs to it."""
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


@pytest.mark.parametrize("gone", [True, False], ids=["removed", "replaced"])
async def test_a_file_that_is_gone_or_replaced_is_not_written_into_the_void(tmp_path: Path, gone: bool) -> None:
    """The next call opens what lies there now, or makes it."""
    other = QueryLog(f"sqlite:///{tmp_path}/other.db")
    await asyncio.gather(other.add(asked("other 1")), other.add(asked("other 2")))
    await other.close()
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        assert await log.add(asked()) == 1
        remove(tmp_path / "log.db")
        if not gone:
            (tmp_path / "other.db").rename(tmp_path / "log.db")
        assert await log.count() == (0 if gone else 2)
        assert await log.add(asked()) == (1 if gone else 3)
    connection = sqlite3.connect(tmp_path / "log.db")
    assert connection.execute("SELECT count(*) FROM question").fetchone() == (1 if gone else 3,)
    connection.close()


async def test_the_old_url_names_the_same_file(tmp_path: Path) -> None:
    """Logs that were set up with an asynchronous driver stay where they are."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await log.add(asked())
    async with QueryLog(f"sqlite+aiosqlite:///{tmp_path}/log.db") as log:
        assert await log.count() == 1


def open_files() -> int:
    """Of this process; 0 where the system does not say."""
    return len(list(Path("/proc/self/fd").glob("*")))


async def test_threads_and_files_do_not_pile_up(tmp_path: Path) -> None:
    """However often it is closed and opened."""
    threads = len([thread for thread in threading.enumerate() if thread.name.startswith("query-log")])
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        before = 0
        for turn in range(12):
            await log.add(asked())
            await log.count()
            await log.close()
            if turn == 1:
                before = open_files()
    assert open_files() <= before
    assert len([thread for thread in threading.enumerate() if thread.name.startswith("query-log")]) <= threads + 1


async def test_errors_of_a_call_do_not_hide_each_other(database: Database) -> None:
    """A fault of the program in a reader is told as it is."""

    def divide(_session: object) -> float:
        return 1 / 0

    with pytest.raises(LogError, match="division by zero"):
        await database.read(divide)
