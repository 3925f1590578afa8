"""The log: what is written is found again, and nothing that fails passes in silence."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import LogError, LogFilter, LoggedQuestion, QueryLog, SchemaError, ShownPassage
from db.schema import HEAD

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
PASSAGE = ShownPassage(1, "a", "0" * 64, 5, 12, 1.5, "İ “🎉” x")


def asked(text: str = "Where is the road?", **changes: object) -> LoggedQuestion:
    """A question as the answer service hands it over."""
    known: dict[str, object] = {
        "asked_at": NOON,
        "channel": "cli",
        "language": "en",
        "text": text,
        "band": "found",
        "corpus_version": "abc",
        "latency_ms": 1.25,
        "missing_terms": ("bridge",),
        "did_you_mean": "Where is the rod?",
        "asker": "f" * 64,
        "passages": (PASSAGE, ShownPassage(2, "b", "1" * 64, 0, 3, 0.5, "yes")),
    }
    return LoggedQuestion(**{**known, **changes})  # type: ignore[arg-type]


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    """A log in a file of its own, in a folder that is not there yet."""
    log = QueryLog(f"sqlite:///{tmp_path}/deep/log.db")
    yield log
    await log.close()


async def test_a_question_comes_back_as_it_was_written(log: QueryLog) -> None:
    """Every field, the passages in their order, any Unicode."""
    question = asked("Où est la route? 🎉 дорога")
    number = await log.add(question)
    found = await log.get(number)
    assert found is not None
    assert found.id == number
    assert found == LoggedQuestion(**{**{name: getattr(question, name) for name in question.__slots__}, "id": number})
    assert await log.get(number + 1) is None


async def test_it_survives_a_restart(log: QueryLog) -> None:
    """Closed and opened again, the rows are there."""
    await log.add(asked())
    await log.close()
    assert await log.count() == 1


async def test_filters_combine(log: QueryLog) -> None:
    """By band, channel, words in any case, and time, half-open; newest first."""
    for number, (band, channel) in enumerate([("found", "cli"), ("none", "cli"), ("none", "private")]):
        await log.add(asked(f"Road {number}", band=band, channel=channel, asked_at=NOON + dt.timedelta(hours=number)))
    texts = [question.text for question in await log.latest()]
    assert texts == ["Road 2", "Road 1", "Road 0"]
    assert [q.text for q in await log.latest(LogFilter(band="none"))] == ["Road 2", "Road 1"]
    assert [q.text for q in await log.latest(LogFilter(band="none", channel="cli"))] == ["Road 1"]
    assert [q.text for q in await log.latest(LogFilter(contains="rOAD 0"))] == ["Road 0"]
    assert [q.text for q in await log.latest(LogFilter(contains="%"))] == []
    between = LogFilter(since=NOON + dt.timedelta(hours=1), before=NOON + dt.timedelta(hours=2))
    assert [q.text for q in await log.latest(between)] == ["Road 1"]
    assert [q.text for q in await log.latest(limit=1)] == ["Road 2"]


async def test_moments_keep_their_meaning(log: QueryLog) -> None:
    """Whatever zone they were told in; one without a zone is refused."""
    other = dt.timezone(dt.timedelta(hours=4))
    number = await log.add(asked(asked_at=NOON.astimezone(other)))
    found = await log.get(number)
    assert found is not None
    assert found.asked_at == NOON
    with pytest.raises(LogError, match="time zone"):
        await log.add(asked(asked_at=NOON.replace(tzinfo=None)))


async def test_all_shown_passages_are_read_in_batches(log: QueryLog) -> None:
    """More than one batch, oldest first, with their question's id."""
    many = tuple(ShownPassage(rank, "a", "0" * 64, rank, rank + 1, 0.0, "x") for rank in range(1, 602))
    first, second = await log.add(asked(passages=many)), await log.add(asked())
    found = [(number, shown.rank) async for number, shown in log.shown_passages()]
    assert found == [(first, shown.rank) for shown in many] + [(second, 1), (second, 2)]


async def test_many_writers_at_once_lose_nothing(log: QueryLog, tmp_path: Path) -> None:
    """Two programs on one file, a hundred questions each at the same time."""
    other = QueryLog(f"sqlite:///{tmp_path}/deep/log.db")
    await log.count()
    await asyncio.gather(*(each.add(asked(str(number))) for number in range(100) for each in (log, other)))
    await other.close()
    assert await log.count() == 200


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """With the reason, and without touching it."""
    path = tmp_path / "log.db"
    path.write_bytes(b"these are my notes " * 100)
    log = QueryLog(f"sqlite:///{path}")
    with pytest.raises(LogError, match=r"log\.db cannot be used: file is not a database"):
        await log.add(asked())
    await log.close()
    assert path.read_bytes() == b"these are my notes " * 100


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A wrong path must not cost anybody their data."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(SchemaError, match="another program's tables"):
        await QueryLog(f"sqlite:///{path}").count()


async def test_a_newer_schema_is_refused(log: QueryLog, tmp_path: Path) -> None:
    """An old program must not write into what it does not know."""
    await log.add(asked())
    await log.close()
    connection = sqlite3.connect(tmp_path / "deep" / "log.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(SchemaError, match=f"newer than '{HEAD}'"):
        await log.count()


async def test_a_log_that_failed_is_opened_again(tmp_path: Path) -> None:
    """When the disk is back, so is the log."""
    folder = tmp_path / "away"
    folder.write_text("a file where a folder should be")
    log = QueryLog(f"sqlite:///{folder}/log.db")
    with pytest.raises(LogError, match="cannot be used"):
        await log.add(asked())
    folder.unlink()
    assert await log.add(asked()) == 1
    await log.close()


async def test_a_question_that_cannot_be_written_does_not_take_others_with_it(log: QueryLog) -> None:
    """Whatever is wrong with it."""
    bad = [asked("\udc80"), asked(latency_ms=None), asked(id=1, passages=(replace(PASSAGE, start=2**70),))]
    results = await asyncio.gather(*map(log.add, [asked(), *bad, asked()]), return_exceptions=True)
    assert [isinstance(each, LogError) for each in results] == [False, True, True, True, False]
    assert await log.count() == 2


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE question SET asked_at = 'noon' WHERE id = 2", "row 2 of the log's table 'question'"),
        ("UPDATE question SET missing_terms = '{' WHERE id = 2", "row 2 of the log's table 'question'"),
        ("UPDATE question SET missing_terms = '7' WHERE id = 2", "row 2 .*: wrong types in missing_terms"),
        ("UPDATE question SET latency_ms = 'long' WHERE id = 2", "row 2 .*: wrong types in latency_ms"),
        ("UPDATE question SET text = x'80' WHERE id = 2", "row 2 .*: wrong types in text"),
        ("UPDATE shown_passage SET start = 'here' WHERE id = 3", "row 3 of the log's table 'shown_passage'"),
    ],
)
async def test_a_damaged_row_is_named(log: QueryLog, tmp_path: Path, damage: str, said: str) -> None:
    """SQLite keeps a value of any type in any column."""
    for _ in range(3):
        await log.add(asked())
    connection = sqlite3.connect(tmp_path / "deep" / "log.db")
    connection.execute(damage)
    connection.commit()
    connection.close()
    with pytest.raises(LogError, match=said):
        await log.latest()
    if "shown_passage" in damage:
        with pytest.raises(LogError, match=said):
            _ = [each async for each in log.shown_passages()]


async def test_an_error_does_not_repeat_the_question(log: QueryLog) -> None:
    """Errors go where questions have no business."""
    with pytest.raises(LogError) as caught:
        await log.add(asked("a private matter", latency_ms=None))
    assert "private" not in str(caught.value)
