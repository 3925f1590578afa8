"""Telegram hands updates over to our address, whoever else has other plans."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot

from bot.errors import SettingsError, WrongTokenError
from bot.telegram.webhook import WebhookKeeper
from tests.bot_api import BotApiServer
from tests.bot_api.conftest import bot_at

URL = "https://bot.example.org/secret/telegram"
SECRET = "a-secret-of-telegram"


@pytest.fixture
async def api() -> AsyncIterator[BotApiServer]:
    """A strict server, like Telegram's own."""
    async with BotApiServer() as server:
        yield server
        assert server.invalid == []


@asynccontextmanager
async def keeping(bot: Bot, look_seconds: float = 0.1) -> AsyncIterator[WebhookKeeper]:
    """A keeper at work."""
    keeper = WebhookKeeper(bot, URL, SECRET, ["message"], look_seconds)
    running = asyncio.create_task(keeper.run())
    try:
        yield keeper
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_the_webhook_is_set_with_all_that_matters(api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    """Its secret, what is wanted, many connections; what waits is not dropped, and no secret is told."""
    caplog.set_level(logging.INFO, "bot")
    api.send_text("hello")
    async with bot_at(api) as bot, keeping(bot, 60) as keeper:
        assert keeper.problem == "the webhook is not set yet"
        await api.wait_for_call("getWebhookInfo")
        await asyncio.sleep(0.1)
        assert [keeper.problem, keeper.pending] == [None, 1]
    wanted = {"url": URL, "secret_token": SECRET, "allowed_updates": ["message"], "max_connections": 100}
    assert api.state.webhook == wanted
    said = "".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert "updates are handed over at bot.example.org" in said
    assert "secret" not in said


async def test_a_webhook_that_was_removed_is_set_again(api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    """Or set to elsewhere; with a word."""
    async with bot_at(api) as bot, keeping(bot):
        await api.wait_for_call("getWebhookInfo")
        await bot.delete_webhook()
        await api.wait_for_call("setWebhook", count=2)
        await bot.set_webhook("https://elsewhere.example.org/x")
        await api.wait_for_call("setWebhook", count=4)
        assert api.state.webhook["url"] == URL
    assert "another program let Telegram hand updates over to nobody" in caplog.text
    assert "another program let Telegram hand updates over to elsewhere.example.org" in caplog.text


async def test_what_telegram_complains_of_is_said_once(api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    """What it complained of before the start is not."""
    caplog.set_level(logging.INFO, "bot")
    api.state.webhook = {"url": URL}
    api.state.webhook_error = {"last_error_date": 1000, "last_error_message": "Connection refused"}
    async with bot_at(api) as bot, keeping(bot) as keeper:
        await api.wait_for_call("getWebhookInfo", count=4)
        assert keeper.problem is None
        wrong = "Wrong response from the webhook: 502 Bad Gateway"
        api.state.webhook_error = {"last_error_date": 2000, "last_error_message": wrong}
        api.send_text("hello")
        before = len(api.calls_of("getWebhookInfo"))
        await api.wait_for_call("getWebhookInfo", count=before + 1)
        await asyncio.sleep(0.02)
        assert keeper.problem == f"Telegram could not hand over an update ({wrong}); 1 wait"
        await api.wait_for_call("getWebhookInfo", count=before + 4)
        assert keeper.problem is None
    assert caplog.text.count("502 Bad Gateway") == 1
    assert "Connection refused" not in caplog.text
    assert "updates are handed over again" in caplog.text


async def test_an_address_that_telegram_refuses_ends_the_bot(api: BotApiServer) -> None:
    """At the start, with its reason."""
    async with bot_at(api) as bot:
        keeper = WebhookKeeper(bot, "https://bot.example.org:8080/telegram", SECRET, ["message"])
        with pytest.raises(SettingsError, match=r"(?i)WEBHOOK_URL: .*only on ports 80, 88, 443 or 8443"):
            await keeper.run()
    api.invalid.clear()


async def test_a_server_in_trouble_is_waited_for(api: BotApiServer) -> None:
    """At the start and later."""
    api.fail_next("setWebhook", 502)
    api.fail_next("setWebhook", 401, description="Unauthorized")
    async with bot_at(api) as bot, keeping(bot) as keeper:
        await api.wait_for_call("getWebhookInfo", timeout=10)
        await asyncio.sleep(0.02)
        assert keeper.problem is None
        api.fail_next("getWebhookInfo", 502, times=2)
        await api.wait_until(lambda: not api.pending_faults, 5, "the faults to be played")
        await asyncio.sleep(0.02)
        assert keeper.problem is not None
        assert keeper.problem.startswith("the webhook could not be looked at (")
        count = len(api.calls_of("getWebhookInfo"))
        await api.wait_for_call("getWebhookInfo", count=count + 2)
        assert keeper.problem is None


async def test_a_token_that_was_withdrawn_ends_the_bot(api: BotApiServer) -> None:
    """While it serves."""
    async with bot_at(api) as bot:
        running = asyncio.create_task(WebhookKeeper(bot, URL, SECRET, ["message"], 0.1).run())
        await api.wait_for_call("getWebhookInfo")
        api.token = "42:another"
        async with asyncio.timeout(5):
            with pytest.raises(WrongTokenError):
                await running
    api.invalid.clear()
