"""What Telegram handed over is answered once, and logged once, whatever fails meanwhile."""

import asyncio
import resource
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.composition import compose
from bot.telegram import texts
from bot.telegram.serving import serve_with
from db import Inbox, worker_name
from retrieval import Retriever
from tests.bot_api import BotApiServer
from tests.e2e.running import ADA, BOB, Program, running_bot, settings_for

QUESTION = "What road links Armenia to Karabakh?"


def rows(folder: Path, query: str) -> list[Any]:
    """What a query finds in the database."""
    connection = sqlite3.connect(folder / "log.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def program(server: BotApiServer, folder: Path, name: str = "stderr") -> Program:
    """The real program, with everything below the folder."""
    return Program(
        folder / name, "serve", TELEGRAM_BOT_TOKEN=server.token, TELEGRAM_API_URL=server.url, ADMIN_IDS=str(ADA),
        DATABASE_URL=f"sqlite:///{folder}/log.db", DATA=f"{folder}/corpus", ADDED=f"{folder}/added",
    )  # fmt: skip


async def test_what_a_killed_program_had_in_hand_is_answered_by_the_next(server: BotApiServer, tmp_path: Path) -> None:
    """At once, in the order of each chat, and logged once."""
    with program(server, tmp_path) as first:
        await server.wait_for_poll(timeout=20)
        server.fail_next("sendMessage", 429, retry_after=60, times=20)
        for user in range(5000, 5020):
            server.send_text(QUESTION, user_id=user)
            server.send_text("/help", user_id=user)
        await server.wait_until(lambda: len(server.calls_of("sendMessage")) == 20, 20, "all chats to be refused once")
        await server.wait_until(lambda: not server.updates.pending, 20, "all updates to be confirmed")
        first.signal(signal.SIGKILL)
        await first.ended()
    assert rows(tmp_path, "SELECT count(*) FROM question") == [(0,)]
    with program(server, tmp_path, "again") as second:
        start = time.monotonic()
        for user in range(5000, 5020):
            answer, help_text = await server.wait_for_messages(user, 2)
            assert "checkpoint" in answer.text
            assert "/privacy" in help_text.text
        assert time.monotonic() - start < 15
        second.signal(signal.SIGTERM)
        code, _ = await second.ended()
    assert code == 0
    assert rows(tmp_path, "SELECT count(*) FROM question") == [(20,)]
    assert rows(tmp_path, "SELECT DISTINCT outcome, body FROM inbox") == [("answered", None)]
    assert rows(tmp_path, "SELECT count(*) FROM inbox WHERE closed_at IS NULL") == [(0,)]


async def test_an_update_that_is_handed_over_again_is_answered_once(server: BotApiServer, tmp_path: Path) -> None:
    """By the same program and by the next."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text(QUESTION, user_id=ADA)
        (again,) = server.updates.pending
        await server.wait_for_messages(ADA, 1)
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_update(again)
        server.send_text("/help", user_id=BOB)
        await server.wait_for_messages(BOB, 1)
        await server.wait_until(lambda: not server.updates.pending, 5, "the updates to be confirmed")
    assert len(server.messages(ADA)) == 1
    assert rows(tmp_path, "SELECT count(*) FROM question") == [(1,)]


async def test_an_answer_waits_for_a_server_that_is_away_for_long(server: BotApiServer, tmp_path: Path) -> None:
    """However long: nothing was sent meanwhile, so nothing can be doubled."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.fail_next("sendMessage", 429, retry_after=1)
        server.send_text(QUESTION, user_id=ADA)
        await server.wait_for_call("sendMessage")
        await server.stop()
        await asyncio.sleep(9)
        await server.start()
        await server.wait_for_messages(ADA, 1, timeout=20)
    assert len(server.messages(ADA)) == 1
    assert rows(tmp_path, "SELECT delivery FROM question") == [("answered",)]


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_send_that_may_have_arrived_is_recorded_and_said(
    server: BotApiServer, tmp_path: Path, *, arrived: bool
) -> None:
    """It is not repeated, whether it did or not: we cannot know."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.drop_next("sendMessage", after_processing=arrived)
        server.send_text(QUESTION, user_id=ADA)
        messages = await server.wait_for_messages(ADA, 1 + arrived)
    assert [message.text for message in messages][-1] == texts.UNSURE
    assert len(server.calls_of("sendMessage")) == 2
    assert rows(tmp_path, "SELECT delivery FROM question") == [("unsure",)]
    assert rows(tmp_path, "SELECT outcome FROM inbox") == [("unsure",)]


async def test_who_blocked_the_bot_is_recorded(server: BotApiServer, tmp_path: Path) -> None:
    """And not asked again."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/help", user_id=ADA)
        await server.wait_for_messages(ADA, 1)
        server.block(ADA)
        server.send_text(QUESTION, user_id=ADA)
        await server.wait_until(lambda: len(server.calls_of("sendMessage")) == 2, 5, "the refusal")
    assert rows(tmp_path, "SELECT delivery FROM question") == [("refused",)]


async def test_more_than_a_chat_may_have_waiting_is_not_taken(server: BotApiServer, tmp_path: Path) -> None:
    """It is told so once, in its place; afterwards, it is heard again. Nobody else notices."""
    async with running_bot(settings_for(server, tmp_path, chat_queue=3), server):
        server.fail_next("sendMessage", 429, retry_after=3, chat_id=ADA)
        for _ in range(10):
            server.send_text("/help", user_id=ADA)
        server.send_text("/help", user_id=BOB)
        await server.wait_for_messages(BOB, 1, timeout=2.5)
        assert server.messages(ADA) == []
        messages = await server.wait_for_messages(ADA, 5)
        assert [message.text == texts.TOO_MANY.format(limit=3) for message in messages] == [False] * 4 + [True]
        server.send_text("/help", user_id=ADA)
        assert "/privacy" in (await server.wait_for_messages(ADA, 6))[5].text
    counts = dict(rows(tmp_path, "SELECT outcome, count(*) FROM inbox GROUP BY 1"))
    assert counts == {"answered": 6, "overflow": 6}


async def test_a_late_answer_says_so(server: BotApiServer, tmp_path: Path) -> None:
    """When it was asked; “yesterday” is that day's. One that comes in time says nothing."""
    asked = int(time.time()) - 7200
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_message({"text": QUESTION, "date": asked}, user_id=ADA)
        server.send_text(QUESTION, user_id=BOB)
        (late,) = await server.wait_for_messages(ADA, 1)
        (timely,) = await server.wait_for_messages(BOB, 1)
    first, _, rest = late.text.partition("\n")
    day = time.strftime("%-d %B %Y", time.gmtime(asked))
    assert first == texts.LATE.format(day=day, time=time.strftime("%H:%M", time.gmtime(asked)))
    assert rest.strip() == timely.text
    assert len(late.entities) == len(timely.entities)
    stored = rows(tmp_path, f"SELECT count(*) FROM question WHERE unixepoch(asked_at) = {asked}")  # noqa: S608
    assert stored == [(1,)]


class BrokenRetriever(Retriever):
    """Fails in a way that nobody thought of."""

    def answer(self, *_: object, **__: object) -> Any:
        """Not."""
        raise RuntimeError("nobody thought of that")


async def test_what_fails_gets_a_sentence_and_is_kept_aside(server: BotApiServer, tmp_path: Path) -> None:
    """Once; the operator finds what was asked, and why it failed."""
    settings = settings_for(server, tmp_path)
    async with compose(settings) as parts:
        parts.service.retriever = BrokenRetriever(parts.service.retriever.collection)
        inbox = Inbox(parts.service.log.database, worker_name())
        serving = asyncio.create_task(serve_with(parts, settings, inbox))
        server.send_text(QUESTION, user_id=ADA)
        server.send_text("/help", user_id=ADA)
        failed, help_text = await server.wait_for_messages(ADA, 2)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert failed.text == texts.FAILED
    assert "/privacy" in help_text.text
    [(body, error)] = rows(tmp_path, "SELECT body, error FROM inbox WHERE outcome = 'failed'")
    assert QUESTION in body
    assert error == "RuntimeError('nobody thought of that')"


@contextmanager
def no_room(pid: int) -> Iterator[None]:
    """A process that can write no file beyond its first kilobytes, as on a disk that is full."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def test_a_full_disk_costs_no_answer(server: BotApiServer, tmp_path: Path) -> None:
    """Admins are told, and when there is room again everything that was answered meanwhile is logged."""
    with program(server, tmp_path) as running:
        await server.wait_for_poll(timeout=20)
        server.send_text(QUESTION, user_id=BOB)
        await server.wait_for_messages(BOB, 1)
        with no_room(running.pid):
            for _ in range(3):
                server.send_text(QUESTION, user_id=BOB)
            await server.wait_for_messages(BOB, 4)
            server.send_text("/status", user_id=ADA)
            (status,) = await server.wait_for_messages(ADA, 1)
            assert "Questions are NOT logged" in status.text
        await server.wait_until(
            lambda: rows(tmp_path, "SELECT count(*) FROM question") == [(4,)], 20, "the log to be written again"
        )
        server.send_text("/status", user_id=ADA)
        assert "4 questions are logged." in (await server.wait_for_messages(ADA, 2))[1].text
        running.signal(signal.SIGTERM)
        code, said = await running.ended()
    assert code == 0
    assert said.count("answers are not logged for now") == 1
    assert said.count("answers are logged again") == 1
    assert len(server.messages(BOB)) == 4


async def test_a_locked_database_costs_no_answer(server: BotApiServer, tmp_path: Path) -> None:
    """However long another program holds it."""
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        server.send_text(QUESTION, user_id=BOB)
        await server.wait_for_messages(BOB, 1)
        other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            server.send_text(QUESTION, user_id=BOB)
        await server.wait_for_messages(BOB, 4)
        server.send_text("/status", user_id=ADA)
        (status,) = await server.wait_for_messages(ADA, 1)
        assert "Questions are NOT logged" in status.text
        other.execute("ROLLBACK")
        other.close()
    assert rows(tmp_path, "SELECT count(*) FROM question") == [(4,)]
    assert len(server.messages(BOB)) == 4
