"""Questions that are found again: by the key of their answer, by a message."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.recall import Recall
from bot.remembering import Remembering
from db import LoggedQuestion, Place, QueryLog, ShownPassage

AT = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
QUOTE = ShownPassage(rank=1, article_id="a", sha256="0" * 64, start=0, end=4, score=1.0, text="Open")


def question(key: str, *hashes: str, replaces: str | None = None) -> LoggedQuestion:
    """One that was asked or answered in these places."""
    return LoggedQuestion(
        asked_at=AT, channel="private", language="en", text=f"Question {key}?", band="found", missing_terms=(),
        did_you_mean=None, corpus_version="v", latency_ms=1.0, asker=None, passages=(QUOTE,), key=key,
        replaces=replaces, places=tuple(Place(each, "answer", 7) for each in hashes),
    )  # fmt: skip


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    """An empty log."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        yield log


async def test_what_is_not_logged_yet_is_found(log: QueryLog) -> None:
    """A button may be pressed before the log has the question."""
    recall = Recall(log, Remembering())
    recall.keep(question("k1", "p1"))
    found = await recall.by_key("k1")
    assert found is not None
    assert found == await recall.by_place("p1")
    assert await log.count() == 0


async def test_what_was_answered_before_a_restart_is_found(log: QueryLog) -> None:
    """With its passages and its places, from the log."""
    await log.add(question("k1", "p1", "p2"))
    recall = Recall(log, Remembering())
    by_place = await recall.by_place("p2")
    assert by_place is not None
    assert (by_place.text, by_place.passages, len(by_place.places)) == ("Question k1?", (QUOTE,), 2)
    assert await recall.by_key("k1") == by_place


async def test_nobody_is_found_by_a_key_that_was_never_given(log: QueryLog) -> None:
    """Nor by a message that nobody answered."""
    recall = Recall(log, Remembering())
    assert await recall.by_key("k1") is None
    assert await recall.by_place("p1") is None


async def test_the_last_that_was_asked_in_a_message_counts(log: QueryLog) -> None:
    """An edited question is another one in the same place, also where the first is looked at again later."""
    recall = Recall(log, Remembering())
    first = question("k1", "p1")
    recall.keep(first)
    recall.keep(question("k2", "p1", replaces="k1"))
    recall.keep(first)
    found = await recall.by_place("p1")
    assert found is not None
    assert found.key == "k2"


@pytest.mark.parametrize("in_memory", [True, False])
async def test_what_is_shown_later_is_added_once(log: QueryLog, *, in_memory: bool) -> None:
    """To what is known and to the log."""
    remembering = Remembering()
    recall = Recall(log, remembering)
    await log.add(question("k1"))
    if in_memory:
        recall.keep(question("k1"))
    second = replace(QUOTE, rank=2, start=5, end=9, text="road", via="more")
    for _ in range(2):
        recall.add_shown("k1", [second])
    await remembering.close(5)
    known, logged = await recall.by_key("k1"), await log.by_key("k1")
    assert known is not None
    assert logged is not None
    assert known.passages == logged.passages == (QUOTE, second)


async def test_only_so_many_are_kept_in_memory(log: QueryLog) -> None:
    """The oldest are asked of the log again."""
    recall = Recall(log, Remembering(), recent=2)
    for key in ("k1", "k2", "k3"):
        recall.keep(question(key, f"p-{key}"))
    assert await recall.by_key("k1") is None
    assert await recall.by_place("p-k1") is None
    assert await recall.by_place("p-k2") is not None
