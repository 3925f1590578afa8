"""The server's side of a webhook: what Telegram promises, and what it does when nobody answers."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from tests.bot_api import BotApiServer
from tests.bot_api.conftest import bot_at

ADA, BOB = 1001, 1002
Answer = Callable[[dict[str, Any]], Awaitable[web.Response]]


@asynccontextmanager
async def receiver(answer: Answer) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A webhook that answers so; the requests that came."""
    came: list[web.Request] = []

    async def handle(request: web.Request) -> web.Response:
        came.append(request)
        return await answer(await request.json())

    application = web.Application()
    application.router.add_post("/hook", handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", came
    finally:
        await runner.cleanup()


@pytest.fixture
async def local() -> AsyncIterator[BotApiServer]:
    """A server that takes any address."""
    async with BotApiServer(local=True, webhook_unit=0.05) as server:
        yield server


@pytest.fixture
async def local_bot(local: BotApiServer) -> AsyncIterator[Bot]:
    """A bot there."""
    async with bot_at(local) as bot:
        yield bot


async def well(_: dict[str, Any]) -> web.Response:
    """Take it."""
    return web.Response()


async def test_updates_are_handed_over_with_the_secret(local: BotApiServer, local_bot: Bot) -> None:
    """Those that waited and those that come; taken ones are pending no more."""
    local.send_text("before", user_id=ADA)
    async with receiver(well) as (url, came):
        await local_bot.set_webhook(url, secret_token="s-3cret")
        local.send_text("after", user_id=BOB)
        await local.wait_until(lambda: not local.updates.pending, 5, "both to be taken")
    assert [request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in came] == ["s-3cret"] * 2
    assert (await local_bot.get_webhook_info()).pending_update_count == 0


async def test_a_chat_keeps_its_order_and_others_do_not_wait(local: BotApiServer, local_bot: Bot) -> None:
    """The next one of a chat goes out when the one before was taken, however often that was tried."""
    seen: list[tuple[int, str]] = []
    refused: list[int] = []

    async def answer(update: dict[str, Any]) -> web.Response:
        message = update["message"]
        if message["chat"]["id"] == ADA and len(refused) < 3:
            refused.append(update["update_id"])
            return web.Response(status=500)
        seen.append((message["chat"]["id"], message["text"]))
        return web.Response()

    async with receiver(answer) as (url, _):
        await local_bot.set_webhook(url)
        for number in range(3):
            local.send_text(f"{number}", user_id=ADA)
            local.send_text(f"{number}", user_id=BOB)
        await local.wait_until(lambda: not local.updates.pending, 5, "all to be taken")
    assert len(set(refused)) == 1
    assert [text for chat, text in seen if chat == ADA] == ["0", "1", "2"]
    assert [chat for chat, _ in seen][:3] == [BOB] * 3


async def test_pauses_grow_and_retry_after_is_heeded(local: BotApiServer, local_bot: Bot) -> None:
    """At once after the first failure, then 2, 4, 8 units, or what the bot asks for."""
    times: list[float] = []

    async def answer(_: dict[str, Any]) -> web.Response:
        times.append(time.monotonic())
        if len(times) == 5:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response(status=200 if len(times) == 6 else 502)

    async with receiver(answer) as (url, _):
        await local_bot.set_webhook(url)
        local.send_text("hello")
        await local.wait_until(lambda: not local.updates.pending, 5, "it to be taken")
    pauses = [after - before for before, after in itertools.pairwise(times)]
    assert pauses[0] < 0.08
    assert [round(pause / 0.05) for pause in pauses[1:4]] == pytest.approx([2, 4, 8], abs=1)
    assert 1 <= pauses[4] < 1.5


async def test_no_more_connections_than_allowed(local: BotApiServer, local_bot: Bot) -> None:
    """Of max_connections at once."""
    now, most = 0, 0

    async def answer(_: dict[str, Any]) -> web.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02)
        now -= 1
        return web.Response()

    async with receiver(answer) as (url, _):
        await local_bot.set_webhook(url, max_connections=3)
        for user in range(30):
            local.send_text("hello", user_id=5000 + user)
        await local.wait_until(lambda: not local.updates.pending, 5, "all to be taken")
    assert most == 3


async def test_what_went_wrong_is_told(local: BotApiServer, local_bot: Bot) -> None:
    """By getWebhookInfo, in Telegram's words; removing the webhook forgets it."""

    async def refuse(_: dict[str, Any]) -> web.Response:
        return web.Response(status=403)

    local.send_text("hello")
    async with receiver(refuse) as (url, _):
        await local_bot.set_webhook(url, allowed_updates=["message"])
        await local.wait_until(lambda: len(local.webhook.deliveries) > 1, 5, "an attempt")
        info = await local_bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
    assert (info.pending_update_count, info.max_connections, info.allowed_updates) == (1, 40, ("message",))
    count = len(local.webhook.deliveries)
    await local.wait_until(lambda: len(local.webhook.deliveries) > count + 1, 5, "an attempt")
    assert (await local_bot.get_webhook_info()).last_error_message == "Connection refused"
    await local_bot.set_webhook("")
    assert (await local_bot.get_webhook_info()).last_error_message is None


async def test_a_bot_that_does_not_answer_is_not_waited_for(local: BotApiServer, local_bot: Bot) -> None:
    """It gets the update again."""
    local.webhook.patience = 0.2
    came = 0

    async def hang(_: dict[str, Any]) -> web.Response:
        nonlocal came
        came += 1
        if came == 1:
            await asyncio.sleep(5)
        return web.Response()

    async with receiver(hang) as (url, _):
        await local_bot.set_webhook(url)
        local.send_text("hello")
        await local.wait_until(lambda: not local.updates.pending, 5, "it to be taken")
    assert [each.error for each in local.webhook.deliveries] == ["Read timeout expired", None]


async def test_telegram_goes_and_comes_back(local: BotApiServer, local_bot: Bot) -> None:
    """With the webhook that it knew."""
    async with receiver(well) as (url, came):
        await local_bot.set_webhook(url)
        await local.stop()
        local.send_text("hello")
        await asyncio.sleep(0.1)
        assert came == []
        await local.start()
        await local.wait_until(lambda: not local.updates.pending, 5, "it to be taken")


async def test_an_answer_that_says_something_is_invalid(local: BotApiServer, local_bot: Bot) -> None:
    """Telegram would carry out a method that it names."""

    async def reply(_: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": ADA, "text": "hello"})

    async with receiver(reply) as (url, _):
        await local_bot.set_webhook(url)
        local.send_text("hello")
        await local.wait_until(lambda: bool(local.invalid), 5, "an invalid answer")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.org/hook", "An HTTPS URL must be provided"),
        ("https://example.org:8080/hook", "only on ports 80, 88, 443 or 8443"),
        ("example.org", "HTTPS URL"),
    ],
)
async def test_telegram_itself_takes_no_other_addresses(bot: Bot, url: str, reason: str) -> None:
    """A server of one's own does, with --local."""
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.set_webhook(url)
    await bot.set_webhook("https://example.org:8443/hook")
