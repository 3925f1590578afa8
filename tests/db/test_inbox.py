"""What was handed over is dealt with once, in order, and logged exactly once."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from db import Arrival, Closing, Database, Inbox, InboxDepth, OpenUpdate, QueryLog, RowError
from tests.db.test_query_log import asked

ELSEWHERE = "elsewhere:0:1:"


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    """The log beside the inbox."""
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        yield log


@pytest.fixture
def inbox(log: QueryLog) -> Inbox:
    """As one worker sees it."""
    return Inbox(log.database, ELSEWHERE + "one")


@pytest.fixture
def other(log: QueryLog) -> Inbox:
    """As another worker sees it."""
    return Inbox(log.database, ELSEWHERE + "two")


def arrivals(*update_ids: int, lane: str | None = None) -> list[Arrival]:
    """Updates as they come."""
    return [Arrival(number, f'{{"update_id": {number}}}', lane) for number in update_ids]


def ids(updates: Sequence[OpenUpdate]) -> list[int]:
    """What Telegram calls them."""
    return [each.update_id for each in updates]


async def test_what_is_stored_is_ours_in_order(inbox: Inbox) -> None:
    """With all that came, and when."""
    before = dt.datetime.now(dt.UTC)
    [first, second] = await inbox.store([Arrival(7, '{"x": 1}', "5"), Arrival(6, "{}")])
    assert first == OpenUpdate(1, 7, '{"x": 1}', "5", first.received_at, 0)
    assert second == OpenUpdate(2, 6, "{}", None, second.received_at, 0)
    assert before <= first.received_at <= dt.datetime.now(dt.UTC)
    assert await inbox.take_over() == []


async def test_a_known_update_is_passed_over(inbox: Inbox, other: Inbox) -> None:
    """In the same call, in a call at the same time, later, when it is closed, and by another worker."""
    assert ids(await inbox.store(arrivals(1, 2, 1))) == [1, 2]
    results = await asyncio.gather(inbox.store(arrivals(2, 3)), inbox.store(arrivals(3, 4)), other.store(arrivals(4)))
    assert [ids(each) for each in results] == [[3], [4], []]
    assert await inbox.close_update(Closing(1, "answered"))
    assert await inbox.store(arrivals(1)) == []
    assert await other.store(arrivals(1, 3)) == []
    assert await inbox.store([]) == []


async def test_closing_logs_the_question_with_it(inbox: Inbox, log: QueryLog) -> None:
    """Once, whoever closes how often."""
    [update] = await inbox.store(arrivals(1))
    closing = Closing(update.id, "answered", question=asked("Where?", delivery="answered"))
    assert await asyncio.gather(*(inbox.close_update(closing) for _ in range(3))) == [True, False, False]
    assert not await inbox.close_update(replace(closing, outcome="failed"))
    assert not await inbox.close_update(Closing(99, "answered", question=asked("Never")))
    [question] = await log.latest()
    assert (question.text, question.delivery, len(question.passages)) == ("Where?", "answered", 2)


async def test_a_question_that_cannot_be_written_leaves_its_update_open(inbox: Inbox, log: QueryLog) -> None:
    """The others are closed."""
    updates = await inbox.store(arrivals(1, 2, 3))
    texts = ["one", "\udc80", "three"]
    closings = [Closing(each.id, "answered", question=asked(words)) for each, words in zip(updates, texts, strict=True)]
    results = await asyncio.gather(*map(inbox.close_update, closings), return_exceptions=True)
    assert [type(each) for each in results] == [bool, RowError, bool]
    assert await log.count() == 2
    assert (await inbox.depth()).waiting == 1
    assert await inbox.close_update(Closing(updates[1].id, "answered"))


async def test_bodies_go_when_updates_are_closed(inbox: Inbox, tmp_path: Path) -> None:
    """Unless they are kept aside."""
    updates = await inbox.store(arrivals(1, 2, 3))
    await inbox.close_update(Closing(updates[0].id, "answered"))
    await inbox.close_update(Closing(updates[1].id, "unreadable", "no such kind", keep=True))
    assert await inbox.depth() == InboxDepth(1, updates[2].received_at, 1)
    connection = sqlite3.connect(tmp_path / "log.db")
    rows = list(connection.execute("SELECT body, outcome, error, owner, closed_at IS NULL FROM inbox ORDER BY id"))
    connection.close()
    kept = '{"update_id": 2}'
    owner = ELSEWHERE + "one"
    assert rows == [
        (None, "answered", None, None, 0),
        (kept, "unreadable", "no such kind", None, 0),
        ('{"update_id": 3}', None, None, owner, 1),
    ]


async def test_attempts_are_counted_before_they_are_made(inbox: Inbox, other: Inbox) -> None:
    """They are still known to who takes over; what is closed or not ours is not begun."""
    [update] = await inbox.store(arrivals(1))
    assert [await inbox.begin(update.id), await inbox.begin(update.id), await other.begin(update.id)] == [1, 2, 0]
    await inbox.release([update.id])
    assert [each.attempts for each in await other.take_over()] == [2]
    assert [await inbox.begin(update.id), await other.begin(update.id)] == [0, 3]
    await other.close_update(Closing(update.id, "answered"))
    assert await other.begin(update.id) == 0


async def test_what_is_released_is_taken_by_the_next(inbox: Inbox, other: Inbox) -> None:
    """Oldest first; what is not ours or closed cannot be released."""
    updates = await inbox.store(arrivals(5, 4, 3, 2))
    await inbox.close_update(Closing(updates[1].id, "answered"))
    await other.release([each.id for each in updates])
    assert await other.take_over() == []
    await inbox.release([each.id for each in reversed(updates[:3])])
    assert await other.take_over() == [updates[0], updates[2]]
    assert await inbox.take_over() == []


async def test_an_attempt_that_ended_no_process_is_not_counted(inbox: Inbox, other: Inbox) -> None:
    """A program that is stopped in order says which were begun; there are never fewer than none."""
    updates = await inbox.store(arrivals(1, 2, 3))
    for update in updates[:2]:
        await inbox.begin(update.id)
    await inbox.release([each.id for each in updates], [updates[0].id, updates[2].id])
    assert [each.attempts for each in await other.take_over()] == [0, 1, 0]


async def test_a_lane_has_one_worker_at_a_time(inbox: Inbox, other: Inbox) -> None:
    """What another worker receives in it waits until that one is done, and comes in order."""
    [first] = await inbox.store(arrivals(1, lane="chat"))
    assert ids(await other.store([*arrivals(2, lane="chat"), *arrivals(3, lane="quiet"), *arrivals(4)])) == [3, 4]
    assert await other.take_over() == []
    assert ids(await inbox.take_over()) == [2]
    assert ids(await inbox.store(arrivals(5, lane="chat"))) == [5]
    await inbox.release([first.id])
    assert await inbox.store(arrivals(6, lane="chat")) == []
    assert await other.take_over() == []
    assert ids(await inbox.take_over()) == [1, 6]


async def test_a_worker_that_was_never_seen_to_live_holds_what_it_stored(inbox: Inbox, other: Inbox) -> None:
    """Storing is a sign of life."""
    await inbox.store(arrivals(1))
    assert await other.take_over() == []


async def test_what_a_cancelled_caller_was_to_get_is_handed_out_again(inbox: Inbox, log: QueryLog) -> None:
    """It is durable, and the one who asked for it has gone."""
    await log.count()
    storing = asyncio.create_task(inbox.store(arrivals(1, 2)))
    await asyncio.sleep(0)
    storing.cancel()
    await log.count()
    await asyncio.sleep(0.1)
    taking = asyncio.create_task(inbox.take_over())
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.sleep(0.1)
    assert ids(await inbox.take_over()) == [1, 2]
    assert await inbox.take_over() == []


async def test_closed_updates_go_after_their_time(inbox: Inbox) -> None:
    """Those kept aside a week later, open ones never; ids are not used again."""
    updates = await inbox.store(arrivals(1, 2, 3))
    await inbox.close_update(Closing(updates[0].id, "answered"))
    await inbox.close_update(Closing(updates[2].id, "unreadable", keep=True))
    now = dt.datetime.now(dt.UTC)
    assert await inbox.prune(now - dt.timedelta(minutes=1)) == 0
    assert await inbox.prune(now + dt.timedelta(minutes=1)) == 1
    assert await inbox.prune(now + dt.timedelta(days=6)) == 0
    assert await inbox.prune(now + dt.timedelta(days=8)) == 1
    assert await inbox.depth() == InboxDepth(1, updates[1].received_at, 0)
    assert [each.id for each in await inbox.store(arrivals(1))] == [4]


async def test_many_are_pruned_in_pieces(inbox: Inbox) -> None:
    """Nobody waits for all of them."""
    updates = await inbox.store(arrivals(*range(4_500)))
    await asyncio.gather(*(inbox.close_update(Closing(each.id, "answered")) for each in updates))
    assert await inbox.prune(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)) == 4_500


async def test_an_update_that_cannot_be_stored_is_told(inbox: Inbox) -> None:
    """And nothing of its call is stored; other calls are."""
    good, bad = await asyncio.gather(
        inbox.store(arrivals(1)), inbox.store([*arrivals(2), Arrival(2**70, "{}")]), return_exceptions=True
    )
    assert isinstance(good, list)
    assert ids(good) == [1]
    assert isinstance(bad, RowError)
    assert ids(await inbox.store(arrivals(2))) == [2]


async def test_the_inbox_survives_a_restart(tmp_path: Path) -> None:
    """A new worker on the same host has at once what the dead one held, in order."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with Database(url) as database:
        stored = await Inbox(database, ELSEWHERE + "one").store(arrivals(3, 1, 2, lane="chat"))
        await Inbox(database, ELSEWHERE + "one").release([each.id for each in stored])
    async with Database(url) as database:
        assert await Inbox(database, ELSEWHERE + "two").take_over() == stored
