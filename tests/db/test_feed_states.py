"""What is known of feeds survives a restart; an entry that was dealt with is not looked at again."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db import Database, FeedState, FeedStates, LogError

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
URL = "https://example.org/feed.xml"
STATE = FeedState(URL, '"abc"', "Sun, 01 Mar 2026 12:00:00 GMT", NOON, NOON + dt.timedelta(hours=1), 0, None)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """In a file of its own."""
    async with Database(f"sqlite:///{tmp_path}/log.db") as database:
        yield database


async def test_the_last_state_counts(database: Database) -> None:
    """Nothing is known of a feed that was never asked for; other feeds are not touched."""
    states = FeedStates(database)
    assert await states.get(URL) is None
    await states.put(STATE)
    await states.put(FeedState("https://example.org/other"))
    assert await states.get(URL) == STATE
    failed = FeedState(URL, None, None, NOON, None, 3, "the server said 503")
    await states.put(failed)
    await database.close()
    assert await states.get(URL) == failed
    assert await states.get("https://example.org/other") == FeedState("https://example.org/other")


async def test_entries_that_were_dealt_with_are_known(database: Database) -> None:
    """Of that feed only; marking one again keeps the last result."""
    states = FeedStates(database)
    assert await states.seen(URL, ["a", "b"]) == frozenset()
    await states.mark_seen(URL, "a", "failed", NOON)
    await states.mark_seen(URL, "a", "added", NOON + dt.timedelta(hours=1))
    await states.mark_seen("https://example.org/other", "b", "added", NOON)
    assert await states.seen(URL, ["a", "b", "a"]) == {"a"}
    assert await states.seen(URL, []) == frozenset()
    rows = await database.read(lambda session: list(session.execute(text("SELECT entry, result FROM feed_entry"))))
    assert sorted(rows) == [("a", "added"), ("b", "added")]


async def test_a_feed_of_any_length_can_be_asked_for(database: Database) -> None:
    """Databases bound the number of values in a statement."""
    states = FeedStates(database)
    entries = [f"https://example.org/{number}" for number in range(40_000)]
    for entry in (entries[0], entries[777], entries[-1]):
        await states.mark_seen(URL, entry, "added", NOON)
    assert await states.seen(URL, entries) == {entries[0], entries[777], entries[-1]}


async def test_feeds_are_written_at_once(database: Database) -> None:
    """Writers wait for each other."""
    states = FeedStates(database)
    await asyncio.gather(*(states.put(FeedState(f"{URL}?{number}", failures=number)) for number in range(30)))
    await asyncio.gather(*(states.put(FeedState(URL, failures=number)) for number in range(30)))
    assert [(await states.get(f"{URL}?{number}")) is not None for number in range(30)] == [True] * 30


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    """It could mean any hour."""
    with pytest.raises(LogError, match="time zone"):
        await FeedStates(database).mark_seen(URL, "a", "added", NOON.replace(tzinfo=None))


async def test_a_damaged_row_is_named_and_can_be_written_anew(database: Database, tmp_path: Path) -> None:
    """By its url."""
    states = FeedStates(database)
    await states.put(STATE)
    for damage in ("checked_at = 'noon'", "failures = 'few'"):
        connection = sqlite3.connect(tmp_path / "log.db")
        connection.execute(f"UPDATE feed SET {damage}")  # noqa: S608
        connection.commit()
        connection.close()
        with pytest.raises(LogError, match=f"row {URL} of the log's table 'feed' is damaged"):
            await states.get(URL)
        await states.put(STATE)
        assert await states.get(URL) == STATE
