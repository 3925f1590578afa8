"""An older log becomes a newer one: whole or not at all, and nothing in it is lost."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from db import Feedback, LogError, Place, QueryLog, ReloadLog, SchemaError, ShownPassage
from db.schema import HEAD
from tests.builders import SEEDS
from tests.db.test_query_log import NOON, asked
from tests.db.test_query_log import PASSAGE as PASSAGE_SHOWN
from tests.db.test_reload_log import reloaded

PASSAGE = "INSERT INTO shown_passage VALUES (1, 7, 1, 'a', 'f00', 5, 12, 1.5, 'the road')"
QUESTION = "INSERT INTO question VALUES (7, '2026-03-01 12:00', 'cli', 'en', 'Q', 'found', '[]', NULL, 'v', 1.5, NULL)"
NEWER = {"reload", "feed", "feed_entry", "inbox", "worker", "place", "feedback", "preference"}

DIE_AT = """
import asyncio, os, signal, sys
from sqlalchemy import Engine, event
from db import QueryLog

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.lstrip().startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(QueryLog(sys.argv[1]).count())
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A log with one question, as the first version of the schema has it."""
    path = tmp_path / "log.db"
    change(path, "0001", then=(QUESTION, PASSAGE))
    return path


def change(path: Path, version: str, then: Sequence[str] = ()) -> None:
    """Bring a log to a newer version, and write something into it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "db:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for statement in then:
            connection.exec_driver_sql(statement)
    engine.dispose()


def state_of(path: Path) -> tuple[str, set[str]]:
    """The version of the schema, and the tables that came after the first."""
    connection = sqlite3.connect(path)
    [(version,)] = connection.execute("SELECT version_num FROM alembic_version")
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return version, names & NEWER


async def test_an_older_log_is_migrated_with_all_that_it_holds(older: Path) -> None:
    """The first call does it, whatever it is; what was logged is read, and new rows are written."""
    async with QueryLog(f"sqlite:///{older}") as log:
        assert await ReloadLog(log.database).add(reloaded()) == 1
        [question] = await log.latest()
        assert question.text == "Q"
        assert [shown.text for shown in question.passages] == ["the road"]
        assert await log.add(asked()) == 8
    assert state_of(older) == (HEAD, NEWER)


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
async def test_every_older_version_is_migrated(older: Path, version: str) -> None:
    """A question of before has no key, its passages were shown as its answer, and what comes later finds its place."""
    if version != "0001":
        change(older, version)
    async with QueryLog(f"sqlite:///{older}") as log:
        [question] = await log.latest()
        assert (question.key, question.replaces, question.follows, question.places) == (None, None, None, ())
        assert question.passages == (ShownPassage(1, "a", "f00", 5, 12, 1.5, "the road", "answer"),)
        later = asked(
            key="k" * 12, places=(Place("a1", "question", 5),), passages=(replace(PASSAGE_SHOWN, score=None),)
        )
        assert await log.get(await log.add(later)) == replace(later, id=8)
        assert await log.vote(Feedback("k" * 12, NOON, "me", "up")) is not None
    connection = sqlite3.connect(older)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM question")
    for table in ("shown_passage", "place", "feedback"):  # whatever is of a question goes with it
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    connection.close()


MOMENTS = ["CREATE TABLE reload", "CREATE TABLE feed_entry", "DROP TABLE shown_passage", "UPDATE alembic_version"]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_migration_that_is_killed_changes_nothing(older: Path, moment: str) -> None:
    """However far it came, the next start does it anew."""
    url = f"sqlite:///{older}"
    command_line = [sys.executable, "-c", DIE_AT, url, moment]
    died = await asyncio.create_subprocess_exec(*command_line, cwd=SEEDS.parent)
    async with asyncio.timeout(60):
        await died.wait()
    assert died.returncode == -signal.SIGKILL
    assert state_of(older) == ("0001", set())
    async with QueryLog(url) as log:
        assert await log.count() == 1
    assert state_of(older)[0] == HEAD


async def test_a_migration_that_fails_leaves_the_older_log(older: Path) -> None:
    """Its tables can still be read by the program that wrote it."""
    connection = sqlite3.connect(older)
    connection.execute("CREATE VIEW feed_entry AS SELECT 1")  # the last table cannot be made
    connection.commit()
    connection.close()
    async with QueryLog(f"sqlite:///{older}") as log:
        with pytest.raises(LogError, match="feed_entry already"):
            await log.count()
    assert state_of(older) == ("0001", set())


async def test_a_reader_does_not_migrate(older: Path) -> None:
    """It says who will."""
    async with QueryLog(f"sqlite:///{older}", create=False) as log:
        with pytest.raises(SchemaError, match=f"version '0001', not '{HEAD}': ask something with the newest"):
            await log.latest()
    assert state_of(older) == ("0001", set())
