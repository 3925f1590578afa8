"""Admins hear of errors, without a word of what people wrote, and not too often."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.telegram.alarms import Alarms, kind_of
from tests.bot_api import BotApiServer
from tests.e2e.running import ADA, BOB

logger = logging.getLogger("bot.x")


@asynccontextmanager
async def alarms(server: BotApiServer, request: HTTPXRequest | None = None, **changes: Any) -> AsyncIterator[Alarms]:
    """Alarms of Ada and Bob, at work; both have written to the bot."""
    for user in (ADA, BOB):
        server.send_text("/start", user_id=user)
    async with Bot(server.token, f"{server.url}/bot", request=request) as bot:
        alarms = Alarms(bot, frozenset({ADA, BOB}), **{"hour": 60.0, "company": 0.1, "again": 0.2, **changes})
        task = asyncio.create_task(alarms.run())
        await asyncio.sleep(0)
        yield alarms
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert alarms not in logging.getLogger().handlers


def fail(text: str) -> None:
    """Say an error, as a handler that failed does."""
    try:
        int(text)
    except ValueError as error:
        logger.error("an update %d of %s could not be handled", 7, text, exc_info=error)  # noqa: TRY400 - both ways


async def test_every_admin_is_told_of_errors_that_came_together(server: BotApiServer) -> None:
    """Kind, place, how often and since when; from threads too; nothing of what people wrote, nothing of warnings."""
    async with alarms(server):
        logger.warning("never mind my question")
        for _ in range(3):
            fail("my question")
        thread = threading.Thread(target=logger.error, args=("the disk %s is full", "my disk"))
        thread.start()
        thread.join()
        (told,) = await server.wait_for_messages(ADA, 1)
        assert (await server.wait_for_messages(BOB, 1))[0].text == told.text
    lines = told.text.splitlines()
    assert lines[0] == "Something went wrong in the bot:"
    assert lines[1].startswith("• ValueError in tests.e2e.test_alarms:")
    assert ", 3 times since " in lines[1]
    assert lines[1].endswith(" UTC: an update … of … could not be handled")
    assert lines[2].startswith("• an error in bot.x:")
    assert lines[2].endswith(" UTC: the disk … is full")
    assert "my" not in told.text


async def test_a_kind_is_told_once_an_hour(server: BotApiServer) -> None:
    """Then how often it came since; another kind is told at once."""
    async with alarms(server, hour=1.5):
        fail("a")
        await server.wait_for_messages(ADA, 1)
        for _ in range(50):
            fail("b")
        logger.error("another kind")
        second = (await server.wait_for_messages(ADA, 2))[1]
        assert "another kind" in second.text
        assert "ValueError" not in second.text
        third = (await server.wait_for_messages(ADA, 3))[2]
        assert "ValueError" in third.text
        assert ", 50 times since " in third.text
        await asyncio.sleep(2)
        assert len(server.messages(ADA)) == 3


@pytest.mark.parametrize("status", [403, 500])
async def test_what_cannot_be_told_is_no_error(
    server: BotApiServer, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """Nor is it tried again where it may have arrived; the other admins are told."""
    async with alarms(server):
        server.fail_next("sendMessage", status)
        fail("a")
        await server.wait_for_messages(BOB, 1)
        await asyncio.sleep(0.5)
    assert server.messages(ADA) == []
    assert len(server.messages(BOB)) == 1
    assert [each.levelname for each in caplog.records if each.name == "bot.telegram.alarms"] == ["WARNING"]


async def test_alarms_wait_for_a_server_that_is_away(server: BotApiServer) -> None:
    """And are told once it is there, with all that came meanwhile; the failed attempts are no errors of their own."""
    async with alarms(server):
        await server.stop()
        fail("a")
        await asyncio.sleep(0.5)
        fail("b")
        await server.start()
        (told,) = await server.wait_for_messages(ADA, 1)
    assert told.text.count("•") == 1
    assert ", 2 times since " in told.text


async def test_alarms_wait_as_long_as_they_are_told_to(server: BotApiServer) -> None:
    """By a server that has too much to do."""
    async with alarms(server):
        server.fail_next("sendMessage", 429, retry_after=1, times=2)
        fail("a")
        assert len(await server.wait_for_messages(ADA, 1)) == 1


async def test_what_was_not_told_yet_is_told_at_the_end(server: BotApiServer) -> None:
    """An error that ends the bot leaves no time for others to come."""
    async with alarms(server, company=60.0):
        fail("a")
        await asyncio.sleep(0.1)
    assert "ValueError" in server.messages(ADA)[0].text


async def test_errors_of_telling_raise_no_alarm(server: BotApiServer) -> None:
    """Whoever says them: each alarm would bring about the next."""

    class Loud(HTTPXRequest):
        async def do_request(self, *facts: Any, **more: Any) -> tuple[int, bytes]:
            logging.getLogger("theirs").error("a connection was opened")
            return await super().do_request(*facts, **more)

    async with alarms(server, request=Loud(), hour=0.1):
        fail("a")
        await server.wait_for_messages(ADA, 1)
        await asyncio.sleep(0.5)
    assert len(server.messages(ADA)) == 1


async def test_many_kinds_are_told_in_few_lines(server: BotApiServer) -> None:
    """The most frequent ones; and no more are remembered than a bot has room for."""
    async with alarms(server) as known:
        for number in range(1000):
            known._count(kind_of(logging.LogRecord("theirs", logging.ERROR, "", number, "x", (), None)))
        (told,) = await server.wait_for_messages(ADA, 1)
    assert told.text.count("•") == 11
    assert "• errors of many other kinds in places that the log names, 800 times since" in told.text
    assert "• and 191 kinds more" in told.text
