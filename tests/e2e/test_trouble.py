"""What networks, servers, other bots and impatient people do to the bot."""

import asyncio
import logging
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from bot.composition import Parts, compose
from bot.errors import SecondPollerError, UnreachableError, WrongTokenError
from bot.settings import ServeSettings
from bot.telegram import texts
from bot.telegram.building import AnyApplication, build_application, sending_request
from bot.telegram.connecting import connect
from bot.telegram.intake import Intake
from bot.telegram.polling import Poller
from bot.telegram.serving import serve
from db import Inbox, worker_name
from tests.bot_api import BotApiServer
from tests.e2e.running import ADA, BOB, Program, running_bot, settings_for


async def test_a_server_that_comes_back_gets_the_answer_once(server: BotApiServer, tmp_path: Path) -> None:
    """Nothing was sent while it was away, so sending again cannot double anything."""
    settings = settings_for(server, tmp_path)
    async with compose(settings) as parts, build_application(settings, parts) as application:
        server.send_text("/help", user_id=ADA)
        (update,) = await application.bot.get_updates()
        await server.stop()
        answering = asyncio.create_task(application.process_update(update))
        await asyncio.sleep(1.5)
        await server.start()
        await answering
    assert len(server.messages(ADA)) == 1


async def test_a_send_that_broke_on_its_way_is_not_repeated(bot: BotApiServer) -> None:
    """It may have arrived; the person is told so, and that is not repeated either."""
    bot.drop_next("sendMessage", times=2)
    bot.send_text("/help", user_id=ADA)
    await bot.wait_until(lambda: len(bot.calls_of("sendMessage")) == 2, 5, "a second message")
    await asyncio.sleep(1)
    assert [call.params["text"] == texts.UNSURE for call in bot.calls_of("sendMessage")] == [False, True]


async def test_a_flooded_chat_keeps_no_other_chat_waiting(server: BotApiServer, tmp_path: Path) -> None:
    """Six hundred messages of one person who is to be left alone for a while."""
    async with running_bot(settings_for(server, tmp_path, chat_queue=1000, person_limit=0), server):
        server.fail_next("sendMessage", 429, retry_after=4, chat_id=ADA)
        for _ in range(600):
            server.send_text("/help", user_id=ADA)
        await server.wait_until(lambda: not server.updates.pending, 5, "all updates to be fetched")
        start = time.monotonic()
        server.send_text("/help", user_id=BOB)
        await server.wait_for_messages(BOB, 1)
        print(f"the other chat waited {time.monotonic() - start:.3f} s")  # noqa: T201 - a figure for whoever asks
        assert time.monotonic() - start < 1
        assert server.messages(ADA) == []
        await server.wait_for_messages(ADA, 600, timeout=20)


async def test_many_flooded_chats_keep_no_other_chat_waiting(bot: BotApiServer) -> None:
    """More than there are slots."""
    for user in range(5000, 5300):
        bot.fail_next("sendMessage", 429, retry_after=3, chat_id=user)
        bot.send_text("/help", user_id=user)
    await bot.wait_until(lambda: len(bot.calls_of("sendMessage")) == 300, 5, "300 refusals")
    start = time.monotonic()
    bot.send_text("/help", user_id=BOB)
    await bot.wait_for_messages(BOB, 1)
    assert time.monotonic() - start < 1


async def test_an_update_that_cannot_be_read_is_passed_over(
    bot: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    """It costs nobody else an answer, and what it holds is not told."""
    bot.send_text("/help", user_id=ADA)
    number = bot.send_update({"message": {"message_id": 1, "text": "a private matter"}})
    bot.send_text("/help", user_id=BOB)
    await bot.wait_for_messages(ADA, 1)
    await bot.wait_for_messages(BOB, 1)
    await bot.wait_until(lambda: not bot.updates.pending, 5, "the updates to be confirmed")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert any(f"update {number} cannot be read" in line for line in ours)
    assert not any("private" in line for line in ours)


async def test_an_update_that_cannot_be_read_is_fetched_once(bot: BotApiServer) -> None:
    """Nothing comes behind it that would carry the poller past it."""
    bot.send_text("/start", user_id=ADA)  # an admin who has never written to the bot cannot be told of errors
    bot.send_update({"message": {"message_id": 77}})
    await bot.wait_until(lambda: not bot.updates.pending, 5, "the update to be confirmed")


async def test_the_newcomer_gives_up_first(server: BotApiServer, tmp_path: Path) -> None:
    """Of two real pollers; the one that served goes on."""
    async with running_bot(settings_for(server, tmp_path), server):
        await asyncio.sleep(3.5)
        newcomer = settings_for(server, tmp_path / "newcomer")
        async with asyncio.timeout(20):
            with pytest.raises(SecondPollerError):
                await serve(newcomer, asyncio.Event())
        server.send_text("/help", user_id=ADA)
        assert len(await server.wait_for_messages(ADA, 1, timeout=10)) == 1


@pytest.mark.parametrize("taken", [True, False])
async def test_only_what_was_taken_is_confirmed(server: BotApiServer, *, taken: bool) -> None:
    """Also by a poller that is told to stop while it is being taken; the rest comes again."""
    begun, go = asyncio.Event(), asyncio.Event()

    async def take(_: Sequence[dict[str, Any]]) -> None:
        begun.set()
        await go.wait()

    server.send_text("/help", user_id=ADA)
    async with Bot(server.token, base_url=f"{server.url}/bot") as bot:
        poller = Poller(bot, take)
        polling = asyncio.create_task(poller.run())
        await begun.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        if taken:
            go.set()
            await asyncio.sleep(0)
        await poller.confirm()
    assert len(server.updates.pending) == (0 if taken else 1)


async def test_a_token_that_is_refused_once_is_tried_again(bot: BotApiServer) -> None:
    """Servers in trouble say many things."""
    bot.fail_next("getUpdates", 401, description="Unauthorized")
    bot.send_text("/help", user_id=ADA)
    assert len(await bot.wait_for_messages(ADA, 1)) == 1
    bot.send_text("/help", user_id=ADA)
    assert len(await bot.wait_for_messages(ADA, 2)) == 2


async def test_a_token_that_was_withdrawn_ends_the_bot(tmp_path: Path) -> None:
    """While it serves."""
    async with BotApiServer() as server:
        serving = asyncio.create_task(serve(settings_for(server, tmp_path), asyncio.Event()))
        await server.wait_for_poll()
        server.token = "42:another"
        async with asyncio.timeout(10):
            with pytest.raises(WrongTokenError, match="TELEGRAM_API_URL"):
                await serving


async def test_a_webhook_is_removed_with_a_word(server: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    """Its address may hold a secret, its host does not."""
    async with Bot(server.token, base_url=f"{server.url}/bot") as bot:
        await bot.set_webhook("https://example.org/secret")
    bot = Bot(server.token, base_url=f"{server.url}/bot")
    with caplog.at_level(logging.WARNING):
        await connect(bot, server.url, 1)
    await bot.shutdown()
    assert not server.state.webhook
    assert "removing the webhook at example.org" in caplog.text
    assert "secret" not in caplog.text


async def test_connecting_is_tried_until_the_time_is_over(caplog: pytest.LogCaptureFixture) -> None:
    """To its end, and no longer; the reason is a few words."""
    async with BotApiServer() as server:
        url = server.url
    bot, start = Bot(server.token, base_url=f"{url}/bot"), time.monotonic()
    with pytest.raises(UnreachableError, match=r"for 1\.5 s \(connection refused\)") as caught:
        await connect(bot, url, 1.5)
    assert 1.5 <= time.monotonic() - start < 2.5
    assert server.token not in str(caught.value) + "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("bot")
    )


async def test_connecting_waits_as_long_as_it_is_told_to(server: BotApiServer) -> None:
    """A server that is asked sooner gets angrier."""
    server.fail_next("getMe", 429, retry_after=2)
    bot, start = Bot(server.token, base_url=f"{server.url}/bot"), time.monotonic()
    await connect(bot, server.url, 5)
    assert time.monotonic() - start >= 2
    await bot.shutdown()


async def test_an_answer_that_telegram_refuses_is_not_silence(bot: BotApiServer) -> None:
    """The person gets a sentence."""
    bot.fail_next("sendMessage", 400)
    bot.send_text("Who is Galuzin?", user_id=ADA)
    assert [message.text for message in await bot.wait_for_messages(ADA, 1)] == [texts.FAILED]


def intake_of(application: AnyApplication, parts: Parts, settings: ServeSettings) -> Intake:
    """As a process of its own has it."""
    inbox = Inbox(parts.service.log.database, worker_name())
    return Intake(application.bot, inbox, parts.service, application.process_update, settings.chat_queue)


async def test_stopping_takes_a_bounded_time(
    server: BotApiServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What is not answered by then is counted, and left to the next process, which answers it at once."""
    settings = settings_for(server, tmp_path)
    server.fail_next("sendMessage", 429, retry_after=30)
    for text in ("/help", "/start"):
        server.send_text(text, user_id=ADA)
    async with compose(settings) as parts, build_application(settings, parts) as application:
        intake = intake_of(application, parts, settings)
        await intake.take(server.updates.pending)
        await server.wait_for_call("sendMessage")
        async with asyncio.timeout(3):
            await intake.drain(0.3)
        assert "2 updates were not answered in 0.3 s" in caplog.text
        assert intake.open == 2
        later = intake_of(application, parts, settings)
        await later.resume()
        assert later.open == 2
        first, second = await server.wait_for_messages(ADA, 2, timeout=5)
        assert "/privacy" in first.text
        assert second.text.startswith(texts.START[:20])


@pytest.mark.parametrize("heard", [True, False])
async def test_a_send_that_is_given_up_is_repeated_only_if_nobody_heard_it(
    server: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, heard: bool
) -> None:
    """One that waits for its connection when the program ends was not sent; one that waits for an answer may have."""
    if not heard:  # a proxy that takes connections and says nothing: no request goes through it
        proxy = await asyncio.start_server(_say_nothing, "127.0.0.1", 0)
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
    settings = settings_for(server, tmp_path)
    server.delay_next("sendMessage", 5)
    server.send_text("/help", user_id=ADA)
    async with compose(settings) as parts, build_application(settings, parts) as application:
        intake = intake_of(application, parts, settings)
        if not heard:
            application.bot._base_url = "https://telegram.invalid/bot42:T"
        await intake.take(server.updates.pending)
        await asyncio.sleep(0.5)
        await intake.drain(0.1)
        assert intake.open == (0 if heard else 1)
    if not heard:
        proxy.close()


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_at_once(server: BotApiServer, tmp_path: Path, second: signal.Signals) -> None:
    """Of either kind."""
    settings = {
        "TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url,
        "DATABASE_URL": f"sqlite:///{tmp_path}/log.db", "DATA": f"{tmp_path}/corpus",
    }  # fmt: skip
    with Program(tmp_path / "stderr", "serve", **settings) as program:
        await server.wait_for_poll(timeout=20)
        server.fail_next("sendMessage", 429, retry_after=50)
        server.send_text("/help", user_id=ADA)
        await server.wait_for_call("sendMessage")
        program.signal(signal.SIGTERM)
        await asyncio.sleep(0.5)
        start = time.monotonic()
        program.signal(second)
        code, _ = await program.ended()
    assert code == -second
    assert time.monotonic() - start < 3


async def test_messages_are_sent_by_way_of_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the network has no other way out."""
    asked_for: list[str] = []

    async def answer(request: web.BaseRequest) -> web.Response:
        asked_for.append(str(request.url))
        return web.json_response({"ok": True, "result": True})

    proxy = web.ServerRunner(web.Server(answer))
    await proxy.setup()
    await web.TCPSite(proxy, "127.0.0.1", 0).start()
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.addresses[0][1]}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.addresses[0][1]}")
    async with sending_request() as request:
        assert await request.post("http://telegram.invalid/bot42:T/sendMessage") is True
    await proxy.cleanup()
    assert asked_for == ["http://telegram.invalid/bot42:T/sendMessage"]
