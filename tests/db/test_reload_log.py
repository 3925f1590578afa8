"""Every reload is found again, with what it did and why it did not."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import Database, LogError, LoggedReload, QueryLog, ReloadLog
from tests.db.test_query_log import asked

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def reloaded(**changes: object) -> LoggedReload:
    """A reload that a gate held."""
    known: dict[str, object] = {
        "started_at": NOON,
        "seconds": 2.5,
        "channel": "telegram",
        "action": "reload",
        "result": "held",
        "version_before": "abc",
        "version_after": "def",
        "added": 1,
        "changed": 2,
        "removed": 3,
        "unchanged": 4,
        "rejected": 2,
        "failures": ("120 of 400 paragraphs are left.",),
        "rejections": ("a.txt: empty", "дорога.txt:3: not UTF-8"),
        "by": "f" * 64,
    }
    return LoggedReload(**{**known, **changes})  # type: ignore[arg-type]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """In a file of its own, in a folder that is not there yet."""
    async with Database(f"sqlite:///{tmp_path}/deep/log.db") as database:
        yield database


async def test_reloads_come_back_as_they_were_written(database: Database) -> None:
    """Newest first, and no more than were asked for."""
    log = ReloadLog(database)
    failed = LoggedReload(NOON, 0.5, "start", "reload", "failed", error="no such corpus folder: x")
    assert [await log.add(reloaded()), await log.add(failed)] == [1, 2]
    assert await log.latest() == [replace(failed, id=2), replace(reloaded(), id=1)]
    assert await log.latest(1) == [replace(failed, id=2)]


async def test_of_many_rejections_the_first_hundred_are_kept(database: Database) -> None:
    """A folder of pictures does not fill the database; their number is kept."""
    log = ReloadLog(database)
    reasons = tuple(f"{number}.png: not a text" for number in range(250))
    await log.add(reloaded(rejected=250, rejections=reasons))
    [found] = await log.latest()
    assert (found.rejected, found.rejections) == (250, reasons[:100])


async def test_questions_and_reloads_share_a_database(tmp_path: Path) -> None:
    """At the same time; what one closes, the other opens again."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        reloads = ReloadLog(log.database)
        await asyncio.gather(*(call for _ in range(20) for call in (log.add(asked()), reloads.add(reloaded()))))
        await log.close()
        assert len(await reloads.latest(50)) == 20
        assert await log.count() == 20


async def test_a_reload_that_cannot_be_written_is_an_error_of_the_log(database: Database) -> None:
    """It names the database, and repeats none of the values."""
    with pytest.raises(LogError, match=r"log\.db does not take this entry") as caught:
        await ReloadLog(database).add(reloaded(started_at=NOON.replace(tzinfo=None), by="secret"))
    assert "secret" not in str(caught.value)
    assert await ReloadLog(database).latest() == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("started_at = 'noon'", "row 2 of the log's table 'reload' is damaged"),
        ("failures = '{'", "row 2 of the log's table 'reload' is damaged"),
        ("failures = '7'", "row 2 .*: wrong types in failures"),
        ("added = 'many'", "row 2 .*: wrong types in added"),
    ],
)
async def test_a_damaged_row_is_named(database: Database, tmp_path: Path, damage: str, said: str) -> None:
    """SQLite keeps a value of any type in any column."""
    for _ in range(3):
        await ReloadLog(database).add(reloaded())
    connection = sqlite3.connect(tmp_path / "deep" / "log.db")
    connection.execute(f"UPDATE reload SET {damage} WHERE id = 2")  # noqa: S608
    connection.commit()
    connection.close()
    with pytest.raises(LogError, match=said):
        await ReloadLog(database).latest()
