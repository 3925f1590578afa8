"""Every update is dealt with, whatever dies when; what became of it stands in the inbox."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, Update

from bot.answering import AnswerService, Channel
from bot.telegram.deliveries import Outcome, current, note
from bot.telegram.intake import Intake
from db import Inbox, QueryLog, worker_name
from retrieval import Retriever, read_corpus
from tests.builders import SEEDS

QUESTION = "What road links Armenia to Karabakh?"


def message(number: int, chat: int = 7, text: str = QUESTION) -> dict[str, Any]:
    """An update with a text, as Telegram hands it over."""
    sender = {"id": chat, "type": "private", "first_name": "Ada"}
    person = {"id": chat, "is_bot": False, "first_name": "Ada"}
    said = {"message_id": number, "date": 1_700_000_000, "chat": sender, "from": person, "text": text}
    return {"update_id": number, "message": said}


def press(number: int) -> dict[str, Any]:
    """The press of a button."""
    person = {"id": 7, "is_bot": False, "first_name": "Ada"}
    return {"update_id": number, "callback_query": {"id": "q", "from": person, "chat_instance": "c", "data": "x"}}


class Life:
    """One process of the bot, without Telegram: what it deals with is noted."""

    def __init__(self, folder: Path, chat_limit: int = 100, limit: int = 10_000) -> None:
        self.log = QueryLog(f"sqlite:///{folder}/log.db", busy_seconds=0.2)
        self.service = AnswerService(RETRIEVER, self.log, b"key")
        self.handled: list[int] = []
        self.running = 0
        self.most_running = 0
        self.work: Callable[[Update], Awaitable[None]] | None = None
        inbox = Inbox(self.log.database, worker_name())
        self.intake = Intake(Bot("42:T"), inbox, self.service, self.handle, chat_limit, limit=limit)

    async def handle(self, update: Update) -> None:
        """Answer questions, and do what a test wants besides."""
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        self.handled.append(update.update_id)
        try:
            if self.work is not None:
                await self.work(update)
            await self._log(update)
        finally:
            self.running -= 1

    async def _log(self, update: Update) -> None:
        delivery = current()
        assert delivery is not None
        if update.message is not None:
            await self.service.answer(update.message.text or "", Channel.PRIVATE, 7, record=delivery.record)

    async def die(self) -> None:
        """As a process does that is killed: nothing more is written."""
        await self.intake._lanes.give_up()
        await self.log.close()

    async def end(self) -> None:
        """As a program does that is told to."""
        await self.intake.drain(5)
        await self.service.close()


RETRIEVER = Retriever(read_corpus(SEEDS))


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    """A process with a database of its own."""
    life = Life(tmp_path)
    yield life
    await life.end()


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database, as another program sees it."""
    connection = sqlite3.connect(folder / "log.db", isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def rows(folder: Path, query: str) -> list[Any]:
    """What a query finds."""
    with opened(folder) as connection:
        return connection.execute(query).fetchall()


async def blocked(_: Update) -> None:
    """Never done."""
    await asyncio.Event().wait()


async def until(true: Callable[[], object]) -> None:
    """Wait for something, but not for ever."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what it waits for is no event
            await asyncio.sleep(0.01)


async def test_what_is_taken_is_written(life: Life, tmp_path: Path) -> None:
    """Before it is dealt with."""
    life.work = blocked
    await life.intake.take([message(1), press(2)])
    assert rows(tmp_path, "SELECT update_id, lane, closed_at FROM inbox") == [(1, "7", None), (2, "7", None)]
    assert life.intake.open == 2
    await life.die()


async def test_a_question_is_closed_with_its_log_entry(life: Life, tmp_path: Path) -> None:
    """Once, with what became of its answer; nothing of the update is left but its number."""

    async def send(_: Update) -> None:
        note(Outcome.UNSURE)
        note(Outcome.ANSWERED)

    life.work = send
    await life.intake.take([message(1)])
    await life.end()
    assert rows(tmp_path, "SELECT outcome, body, lane, error FROM inbox") == [("unsure", None, None, None)]
    assert rows(tmp_path, "SELECT text, delivery FROM question") == [(QUESTION, "unsure")]
    assert life.intake.open == 0


async def test_what_is_handed_over_again_is_passed_over(life: Life, tmp_path: Path) -> None:
    """In the same list, at the same time, later, and by the next process."""
    both = life.intake.take([message(1), message(2), message(1)]), life.intake.take([message(2), message(3)])
    await asyncio.gather(*both)
    await life.intake.take([message(1), message(3)])
    await life.end()
    later = Life(tmp_path)
    await later.intake.resume()
    await later.intake.take([message(3), message(4)])
    await later.end()
    assert (life.handled, later.handled) == ([1, 2, 3], [4])
    assert rows(tmp_path, "SELECT count(*) FROM question") == [(4,)]


async def test_what_a_dead_process_left_is_dealt_with_first(life: Life, tmp_path: Path) -> None:
    """In the order of its chat, and before what comes."""
    life.work = blocked
    await life.intake.take([message(1), message(2), message(3, chat=8)])
    await until(lambda: len(life.handled) == 2)
    await life.die()
    later = Life(tmp_path)
    await later.intake.resume()
    await later.intake.take([message(4), message(5, chat=8)])
    await later.end()
    assert [number for number in later.handled if number in {1, 2, 4}] == [1, 2, 4]
    assert [number for number in later.handled if number in {3, 5}] == [3, 5]
    assert rows(tmp_path, "SELECT count(*) FROM question") == [(5,)]


async def test_an_update_that_cannot_be_read_is_kept_aside(
    life: Life, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With what is wrong with it, for the operator; the others go on, and the log says nothing of what it holds."""
    await life.intake.take([message(1), {"update_id": 2, "message": {"text": "private"}}, message(3)])
    await life.end()
    assert life.handled == [1, 3]
    [(outcome, body, error)] = rows(tmp_path, "SELECT outcome, body, error FROM inbox WHERE update_id = 2")
    assert (outcome, "private" in body) == ("unreadable", True)
    assert error == "KeyError: 'date'"
    assert "update 2 cannot be read and is kept aside" in caplog.text
    assert "private" not in caplog.text


async def test_what_fails_unexpectedly_is_kept_aside(life: Life, tmp_path: Path) -> None:
    """And is not tried again."""

    async def fail(_: Update) -> None:
        raise RuntimeError("nobody thought of that")

    life.work = fail
    await life.intake.take([message(1)])
    await life.end()
    [(outcome, body, error)] = rows(tmp_path, "SELECT outcome, body, error FROM inbox")
    assert (outcome, error) == ("failed", "RuntimeError('nobody thought of that')")
    assert QUESTION in body


@pytest.mark.parametrize(("age", "handled"), [(5, [1, 2]), (15, [2])])
async def test_a_press_that_is_old_is_dropped(life: Life, tmp_path: Path, age: int, handled: list[int]) -> None:
    """Telegram takes no answer to it any more; a question is never too old."""
    life.work = blocked
    await life.intake.take([press(1), message(2)])
    await life.die()
    with opened(tmp_path) as connection:
        connection.execute(
            "UPDATE inbox SET received_at = strftime('%Y-%m-%d %H:%M:%f', 'now', ?)", [f"-{age} seconds"]
        )
    later = Life(tmp_path)
    await later.intake.resume()
    await later.end()
    assert later.handled == handled
    outcome = "answered" if 1 in handled else "dropped"
    assert rows(tmp_path, "SELECT outcome FROM inbox WHERE update_id = 1") == [(outcome,)]


async def test_what_was_begun_when_a_process_ended_runs_alone_and_is_set_aside_in_the_end(tmp_path: Path) -> None:
    """It may be what ended it; after five times that is taken for proved."""
    lives = [Life(tmp_path) for _ in range(3)]
    for life in lives:
        life.work = blocked
    first, second, third = lives
    await first.intake.take([message(1, chat=1), message(2, chat=2)])
    await first.die()
    await second.intake.resume()
    await until(lambda: second.running == 2)
    await second.die()
    await third.intake.resume()
    await third.intake.take([message(3, chat=3)])
    await until(lambda: third.running)
    await asyncio.sleep(0.2)
    assert (third.handled, third.most_running) == ([1], 1)
    await third.die()
    assert rows(tmp_path, "SELECT attempts FROM inbox ORDER BY id") == [(2,), (1,), (0,)]
    with opened(tmp_path) as connection:
        connection.execute("UPDATE inbox SET attempts = 5 WHERE update_id = 2")
    last = Life(tmp_path)
    await last.intake.resume()
    await last.end()
    assert last.handled == [1, 3]
    [(outcome, error)] = rows(tmp_path, "SELECT outcome, error FROM inbox WHERE update_id = 2")
    assert (outcome, error) == ("failed", "the program ended 5 times while this was handled")


async def test_an_end_in_order_is_no_attempt(life: Life, tmp_path: Path) -> None:
    """However often a program is restarted while an answer cannot be sent, it is answered in the end."""
    life.work = blocked
    await life.intake.take([message(1)])
    await life.die()
    for _ in range(6):
        later = Life(tmp_path)
        later.work = blocked
        await later.intake.resume()
        await until(lambda: later.running)  # noqa: B023
        await later.intake.drain(0.01)
        await later.service.close()
    assert rows(tmp_path, "SELECT attempts, owner, closed_at FROM inbox") == [(0, None, None)]


async def test_an_answer_on_its_way_when_the_program_ends_is_not_sent_again(life: Life, tmp_path: Path) -> None:
    """It may have arrived."""

    async def send(update: Update) -> None:
        try:
            await blocked(update)
        finally:
            note(Outcome.UNSURE)

    life.work = send
    await life.intake.take([message(1)])
    await until(lambda: life.running)
    await life.intake.drain(0.01)
    await life.service.close()
    assert rows(tmp_path, "SELECT outcome FROM inbox") == [("unsure",)]


async def test_too_many_have_to_wait(tmp_path: Path) -> None:
    """Whoever brings more is told so by waiting; nothing is lost."""
    life, go = Life(tmp_path, limit=2), asyncio.Event()

    async def wait(_: Update) -> None:
        await go.wait()

    life.work = wait
    await life.intake.take([message(1, chat=1), message(2, chat=2)])
    assert life.intake.overloaded
    more = asyncio.create_task(life.intake.take([message(3)]))
    await asyncio.sleep(0.1)
    assert not more.done()
    assert 0 < life.intake.oldest < 5
    go.set()
    await more
    await life.end()
    assert (life.handled, life.intake.overloaded, life.intake.oldest) == ([1, 2, 3], False, 0)


async def test_without_an_inbox_nothing_is_confirmed_before_it_is_dealt_with(life: Life, tmp_path: Path) -> None:
    """Held in memory, once; when the file can be written again, it is."""
    await life.intake.take([message(1)])
    await life.log.count()
    go = asyncio.Event()

    async def wait(_: Update) -> None:
        await go.wait()

    life.work = wait
    with opened(tmp_path) as other:
        other.execute("BEGIN IMMEDIATE")
        taking = [asyncio.create_task(life.intake.take([message(2), message(3)]))]
        await until(lambda: 2 in life.handled)
        taking.append(asyncio.create_task(life.intake.take([message(2)])))
        await asyncio.sleep(0.5)
        assert life.service.remembering.failing is not None
        assert not any(task.done() for task in taking)
        go.set()
        await asyncio.gather(*taking)
        other.execute("ROLLBACK")
    await until(lambda: life.service.remembering.waiting == 0)
    await life.intake.take([message(3), message(4)])
    await life.end()
    assert life.handled == [1, 2, 3, 4]
    assert rows(tmp_path, "SELECT update_id FROM inbox ORDER BY id") == [(1,), (4,)]
    assert rows(tmp_path, "SELECT count(*), min(delivery) FROM question") == [(4, "answered")]


async def test_a_question_that_does_not_fit_the_log_is_not_answered_again(life: Life, tmp_path: Path) -> None:
    """It is kept aside instead."""
    await life.log.count()
    with opened(tmp_path) as connection:
        connection.execute("CREATE TRIGGER no BEFORE INSERT ON question BEGIN SELECT RAISE(ABORT, 'does not fit'); END")
    await life.intake.take([message(1), message(2)])
    await life.end()
    found = rows(tmp_path, "SELECT outcome, body IS NOT NULL, error LIKE '%does not fit%' FROM inbox")
    assert found == [("answered", 1, 1)] * 2


async def test_an_update_whose_number_does_not_fit_is_dealt_with(life: Life) -> None:
    """No server sends such numbers; others of the same list must not suffer."""
    await life.intake.take([{**message(1), "update_id": 2**70}, message(2)])
    assert sorted(life.handled) == [2, 2**70]
