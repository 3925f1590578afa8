"""Opening a log: whole or not at all, and by several programs at once."""

import asyncio
import sqlite3
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from db import LogError, QueryLog, SchemaError
from tests.builders import SEEDS
from tests.db.test_query_log import asked

WRITE_ONE = """
import asyncio, sys
from db import QueryLog
from tests.db.test_query_log import asked

async def main():
    async with QueryLog(sys.argv[1]) as log:
        await asyncio.gather(log.count(), log.add(asked()), log.count(), log.add(asked()))

asyncio.run(main())
"""


def test_programs_that_open_a_new_file_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """One makes the tables, the others find them."""
    url = f"sqlite:///{tmp_path}/log.db"
    command = [sys.executable, "-c", WRITE_ONE, url]
    programs = [subprocess.Popen(command, cwd=SEEDS.parent, stderr=subprocess.PIPE) for _ in range(4)]  # noqa: S603
    assert [program.communicate(timeout=60)[1] for program in programs] == [b""] * 4
    connection = sqlite3.connect(tmp_path / "log.db")
    assert connection.execute("SELECT count(*) FROM question").fetchone() == (8,)
    connection.close()


async def test_logs_that_open_a_new_file_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """In one program too."""
    logs = [QueryLog(f"sqlite:///{tmp_path}/log.db") for _ in range(4)]
    await asyncio.gather(*(call for log in logs for call in (log.count(), log.add(asked()))))
    assert await logs[0].count() == 4
    for log in logs:
        await log.close()


def names_in(path: Path) -> list[str]:
    """Everything that a database holds."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    return names


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """Half of the tables would be another program's tables to the next start."""
    path = tmp_path / "log.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIEW shown_passage AS SELECT 1")  # the second table cannot be made
    connection.commit()
    connection.close()
    async with QueryLog(f"sqlite:///{path}") as log:
        with pytest.raises(LogError, match="shown_passage already"):
            await log.count()
        assert names_in(path) == ["shown_passage"]
        connection = sqlite3.connect(path)
        connection.execute("DROP VIEW shown_passage")
        connection.close()
        assert await log.add(asked()) == 1


async def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    """A wrong path is told, not filled."""
    path = tmp_path / "deep" / "log.db"
    async with QueryLog(f"sqlite:///{path}", create=False) as log:
        with pytest.raises(LogError, match=r"there is no query log at .*log\.db; ask something first"):
            await log.latest()
    assert not path.parent.exists()


async def test_a_reader_makes_no_tables(tmp_path: Path) -> None:
    """An empty file stays empty."""
    path = tmp_path / "log.db"
    path.touch()
    async with QueryLog(f"sqlite:///{path}", create=False) as log:
        with pytest.raises(SchemaError, match="holds no query log yet"):
            await log.latest()
    assert path.read_bytes() == b""


async def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    """Nor does the first write of a program that finds the log locked keep anybody longer than it is told to."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url) as log:
        await log.add(asked())
    connection = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    async with QueryLog(url, busy_seconds=0.1) as log, asyncio.timeout(3):
        assert await log.count() == 1
        with pytest.raises(LogError, match="database is locked"):
            await log.add(asked())
        connection.execute("ROLLBACK")
        assert await log.add(asked()) == 2
    connection.close()


async def test_errors_do_not_repeat_what_was_asked(tmp_path: Path) -> None:
    """Nor do those that led to them: they come into the program's log."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        await log.add(asked())
        connection = sqlite3.connect(tmp_path / "log.db")
        connection.execute("DROP TABLE question")
        connection.close()
        entry = replace(asked(), text="flibbertigibbet")
        with pytest.raises(LogError) as failed:
            await log.add(entry)
    told = "".join(traceback.format_exception(failed.value))
    assert "no such table: question" in told
    assert "flibbertigibbet" not in told
