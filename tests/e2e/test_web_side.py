"""The bot as machines see it: its health, its figures, and Telegram's webhook, each in a bot that really serves."""

import asyncio
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.errors import ListenError, SettingsError
from bot.settings import ServeSettings
from bot.telegram.building import polling_request
from bot.telegram.polling import Poller
from bot.telegram.serving import serve
from bot.telegram.watchdog import Watchdog
from tests.bot_api import BotApiServer
from tests.builders import SEEDS
from tests.e2e.running import ADA, BOB, Program, running_bot, settings_for

README = (SEEDS.parent / "README.md").read_text(encoding="utf-8")
SECRET = "a-secret-of-telegram"
GALUZIN = "Who is Galuzin?"


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


async def get(port: int, path: str) -> tuple[int, str]:
    """What the web side answers; the status is 0 where nobody does."""
    try:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.text()
    except aiohttp.ClientConnectorError:
        return 0, ""


async def checks(port: int) -> tuple[int, dict[str, str]]:
    """The status of readiness, and what is said of each part."""
    status, body = await get(port, "/readyz")
    return status, json.loads(body)["checks"] if body else {}


async def until_ready(port: int, status: int = 200) -> dict[str, str]:
    """What is said of each part once the bot is ready; or has another status."""
    async with asyncio.timeout(30):
        while True:
            found, said = await checks(port)
            if found == status:
                return said
            await asyncio.sleep(0.05)


async def figures(port: int) -> dict[str, float]:
    """Every figure, by its name and its labels."""
    _, body = await get(port, "/metrics")
    lines = [line.rpartition(" ") for line in body.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def logged(folder: Path) -> list[str]:
    """The questions in the log, in order."""
    connection = sqlite3.connect(folder / "log.db")
    try:
        return [text for (text,) in connection.execute("SELECT text FROM question ORDER BY text")]
    finally:
        connection.close()


@pytest.fixture
async def local() -> AsyncIterator[BotApiServer]:
    """A strict server that hands updates over to any address."""
    async with BotApiServer(local=True, webhook_unit=0.05) as server:
        yield server
        assert server.invalid == []


def with_webhook(server: BotApiServer, folder: Path, port: int, **more: Any) -> ServeSettings:
    """Settings of a bot to which updates are handed over."""
    return settings_for(
        server,
        folder,
        listen=f"127.0.0.1:{port}",
        webhook_url=f"http://127.0.0.1:{port}/telegram",
        webhook_secret=SECRET,
        **more,
    )


def environment(server: BotApiServer, folder: Path, port: int) -> dict[str, str]:
    """The same for a program."""
    return {
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "DATABASE_URL": f"sqlite:///{folder}/log.db",
        "DATA": f"{folder}/corpus",
        "ADDED": f"{folder}/added",
        "LISTEN": f"127.0.0.1:{port}",
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
    }


async def test_a_bot_that_polls_tells_how_it_is(server: BotApiServer, tmp_path: Path) -> None:
    """Alive, ready, and with the figures of what it did."""
    port = free_port()
    async with running_bot(settings_for(server, tmp_path, listen=f"127.0.0.1:{port}"), server):
        assert await get(port, "/healthz") == (200, "alive\n")
        assert await until_ready(port) == dict.fromkeys(("articles", "database", "telegram"), "ok")
        server.fail_next("sendMessage", 429, retry_after=1)
        for text in (GALUZIN, "Who won the Champions League?", "/help"):
            server.send_text(text, user_id=ADA)
        await server.wait_for_messages(ADA, 3)
        await asyncio.sleep(0.2)
        found = await figures(port)
    assert found['verbatim_questions_total{band="found",channel="private"}'] == 1
    assert found['verbatim_questions_total{band="none",channel="private"}'] == 1
    assert found["verbatim_answer_seconds_count"] == 2
    assert found['verbatim_updates_total{outcome="answered"}'] == found["verbatim_update_seconds_count"] == 3
    assert found["verbatim_send_retries_total"] == 1
    assert found["verbatim_articles"] == 5
    assert found["verbatim_paragraphs"] > 50
    assert 0 <= found["verbatim_last_poll_seconds"] < 5
    assert found["verbatim_inbox_waiting"] == found["verbatim_updates_in_memory"] == found["verbatim_log_waiting"] == 0
    assert await get(port, "/healthz") == (0, "")


async def test_every_figure_is_in_the_readme(server: BotApiServer, tmp_path: Path) -> None:
    """Those who watch over a bot look there; and none is there that is none."""
    port = free_port()
    async with running_bot(settings_for(server, tmp_path, listen=f"127.0.0.1:{port}"), server):
        await until_ready(port)
        _, body = await get(port, "/metrics")
    told = set(re.findall(r"^# TYPE (\S+) ", body, re.MULTILINE))
    table = README.partition("### Figures")[2].partition("\n### ")[0]
    rows = "\n".join(line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `"))
    named = set(re.findall(r"`(\w+)`", rows))
    assert len(told) >= 20
    assert told == named


def test_a_bot_without_listen_loads_nothing_to_listen_with() -> None:
    """It starts faster."""
    code = "import sys, bot.telegram.serving; print({'starlette', 'uvicorn', 'prometheus_client'} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=SEEDS.parent, capture_output=True, check=True, text=True)  # noqa: S603 - ours
    assert done.stdout == "set()\n"


async def test_it_lives_while_it_waits_for_telegram(tmp_path: Path) -> None:
    """But is not ready; then it is; and when the log fails it is not, until that is over."""
    port = free_port()
    async with BotApiServer() as server:
        url = server.url
        settings = settings_for(server, tmp_path, listen=f"127.0.0.1:{port}", start_wait=0)
    stopped = asyncio.Event()
    serving = asyncio.create_task(serve(settings, stopped))
    said = await until_ready(port, 503)
    assert set(said) == {"articles", "database", "telegram"}
    assert (await get(port, "/healthz"))[0] == 200
    async with BotApiServer(port=int(url.rpartition(":")[2])) as server:
        await server.wait_for_poll()
        await until_ready(port)
        stopped.set()
        await serving


async def test_a_log_that_fails_is_no_reason_to_be_restarted(server: BotApiServer, tmp_path: Path) -> None:
    """Alive, not ready, with the reason; and ready again when it is over."""
    port, place = free_port(), tmp_path / "log.db"
    async with running_bot(settings_for(server, tmp_path, listen=f"127.0.0.1:{port}"), server):
        await until_ready(port)
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        said = await until_ready(port, 503)
        assert "log.db" in said["database"]
        assert said["articles"] == said["telegram"] == "ok"
        assert (await get(port, "/healthz"))[0] == 200
        assert "verbatim_log_waiting" in (await get(port, "/metrics"))[1]
        other.execute("ROLLBACK")
        other.close()
        await until_ready(port)


async def test_an_address_in_use_ends_the_bot_with_a_word(server: BotApiServer, tmp_path: Path) -> None:
    """Before it has told Telegram anything."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = settings_for(server, tmp_path, listen=f"127.0.0.1:{other.getsockname()[1]}")
        with pytest.raises(ListenError, match="LISTEN: "):
            await serve(settings, asyncio.Event())
    assert server.calls == []


async def test_questions_that_are_handed_over_are_answered(local: BotApiServer, tmp_path: Path) -> None:
    """Once each, and logged; none was polled for, and at the end the webhook stays."""
    port = free_port()
    async with webhook_bot(with_webhook(local, tmp_path, port), local):
        assert await until_ready(port) == dict.fromkeys(("articles", "database", "telegram"), "ok")
        local.send_text(GALUZIN, user_id=ADA)
        for user in range(3000, 3100):
            local.send_text("Who is Peskov?", user_id=user)
        assert "Galuzin" in (await local.wait_for_messages(ADA, 1))[0].text
        for user in range(3000, 3100):
            await local.wait_for_messages(user, 1)
        found = await figures(port)
        assert found['verbatim_webhook_requests_total{status="200"}'] == 101
        assert local.updates.pending == []
    assert local.updates.polls == 0
    assert local.state.webhook["url"].endswith("/telegram")
    assert logged(tmp_path) == [GALUZIN, *["Who is Peskov?"] * 100]


async def test_nobody_else_hands_anything_over(local: BotApiServer, tmp_path: Path) -> None:
    """Whoever finds the address lacks the secret; it is seen in the figures."""
    port = free_port()
    update = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": ADA, "type": "private"}}}
    async with webhook_bot(with_webhook(local, tmp_path, port), local), aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "another-secret-of-16"}):
            async with session.post(f"http://127.0.0.1:{port}/telegram", json=update, headers=headers) as answer:
                assert answer.status == 403
        found = await figures(port)
    assert found['verbatim_webhook_requests_total{status="403"}'] == 2
    assert found["verbatim_inbox_waiting"] == found["verbatim_update_seconds_count"] == 0


async def test_what_is_handed_over_again_is_answered_once(local: BotApiServer, tmp_path: Path) -> None:
    """Right away, and by the next process too."""
    port = free_port()
    settings = with_webhook(local, tmp_path, port)
    async with webhook_bot(settings, local):
        local.send_text(GALUZIN, user_id=ADA)
        await local.wait_for_messages(ADA, 1)
        update = local.state.chats[ADA].heard[1]
        for _ in range(3):
            local.send_update({"update_id": 1, "message": update})
        await local.wait_until(lambda: not local.updates.pending, 5, "all to be taken")
    async with webhook_bot(settings, local):
        local.send_update({"update_id": 1, "message": update})
        local.send_text("/help", user_id=BOB)
        await local.wait_for_messages(BOB, 1)
        await local.wait_until(lambda: not local.updates.pending, 5, "all to be taken")
    assert len(local.messages(ADA)) == 1
    assert logged(tmp_path) == [GALUZIN]


async def test_what_was_taken_survives_the_end_of_the_process(local: BotApiServer, tmp_path: Path) -> None:
    """Killed after Telegram was told that it has the update, and before the answer."""
    port = free_port()
    settings = environment(local, tmp_path, port)
    with Program(tmp_path / "first", "serve", **settings) as program:
        await until_ready(port)
        local.fail_next("sendMessage", 429, retry_after=50)
        local.send_text(GALUZIN, user_id=ADA)
        await local.wait_for_call("sendMessage")
        assert local.updates.pending == []
        program.signal(signal.SIGKILL)
    assert local.messages(ADA) == []
    with Program(tmp_path / "second", "serve", **settings) as program:
        await local.wait_for_messages(ADA, 1)
        program.signal(signal.SIGTERM)
        code, said = await program.ended()
    assert code == 0
    assert local.token not in said
    assert len(local.messages(ADA)) == 1
    assert logged(tmp_path) == [GALUZIN]


async def test_nothing_is_lost_however_often_it_is_killed(local: BotApiServer, tmp_path: Path) -> None:
    """While many ask; each is answered, and logged once."""
    port, users = free_port(), range(4000, 4120)
    settings = environment(local, tmp_path, port)
    for life in range(4):
        with Program(tmp_path / f"life {life}", "serve", **settings) as program:
            await until_ready(port)
            for user in users[life * 30 : life * 30 + 30]:
                local.send_text(f"Who is Galuzin? {user}", user_id=user)
            await asyncio.sleep(0.02 + 0.06 * life)
            program.signal(signal.SIGKILL)
    with Program(tmp_path / "last life", "serve", **settings) as program:
        await until_ready(port)
        for user in users:
            await local.wait_for_messages(user, 1, timeout=30)
        await local.wait_until(lambda: not local.updates.pending, 10, "all to be taken")
        program.signal(signal.SIGTERM)
        assert (await program.ended())[0] == 0
    assert logged(tmp_path) == [f"Who is Galuzin? {user}" for user in users]
    print(f"{sum(len(local.messages(user)) - 1 for user in users)} answered twice")  # noqa: T201 - for -s


async def test_a_bot_that_ends_takes_nothing_more(local: BotApiServer, tmp_path: Path) -> None:
    """It lives, and says that it ends; what comes then stays with Telegram, and what it took before is answered."""
    port, stopped = free_port(), asyncio.Event()
    serving = asyncio.create_task(serve(with_webhook(local, tmp_path, port), stopped))
    await until_ready(port)
    local.fail_next("sendMessage", 429, retry_after=2)
    local.send_text("/help", user_id=ADA)
    await local.wait_for_call("sendMessage")
    stopped.set()
    assert set((await until_ready(port, 503)).values()) == {"the bot is ending"}
    local.send_text("/help", user_id=BOB)
    await local.wait_until(lambda: local.webhook.deliveries[-1].status == 503, 5, "a refusal")
    assert (await get(port, "/healthz"))[0] == 200
    await serving
    assert len(local.messages(ADA)) == 1
    assert local.messages(BOB) == []
    assert len(local.updates.pending) == 1


async def test_a_bot_may_change_its_way(local: BotApiServer, tmp_path: Path) -> None:
    """From handing over to polling and back, nothing in between is lost."""
    port = free_port()
    async with webhook_bot(with_webhook(local, tmp_path, port), local):
        await until_ready(port)
    local.send_text("/help", user_id=ADA)
    async with running_bot(settings_for(local, tmp_path), local):
        await local.wait_for_messages(ADA, 1)
    assert not local.state.webhook
    local.send_text("/help", user_id=BOB)
    async with webhook_bot(with_webhook(local, tmp_path, port), local):
        await local.wait_for_messages(BOB, 1)
    assert len(local.messages(ADA)) == len(local.messages(BOB)) == 1


async def test_a_webhook_that_telegram_refuses_ends_the_bot(server: BotApiServer, tmp_path: Path) -> None:
    """With the name of the setting."""
    port = free_port()
    settings = settings_for(
        server, tmp_path, listen=f"127.0.0.1:{port}", webhook_url="https://bot.example.org:8080/telegram"
    )
    with pytest.raises(SettingsError, match=r"(?i)Telegram does not take WEBHOOK_URL: .*only on ports"):
        await serve(settings, asyncio.Event())
    server.invalid.clear()


async def test_a_poller_that_hangs_begins_anew(server: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    """An answer that never comes, over a connection that seems to live; with an error."""
    taken: list[int] = []

    async def take(raws: Sequence[dict[str, Any]]) -> None:
        taken.extend(raw["update_id"] for raw in raws)

    request = polling_request()
    async with Bot(server.token, base_url=f"{server.url}/bot", get_updates_request=request) as bot:
        poller = Poller(bot, take, request)
        watchdog = Watchdog(poller, patience=1)
        works = [asyncio.create_task(work) for work in (poller.run(), watchdog.run())]
        await server.wait_for_poll()
        await asyncio.sleep(0.1)
        assert watchdog.problem is None
        server.delay_next("getUpdates", 30)
        await server.wait_until(lambda: not server.pending_faults, 5, "the poll that hangs")
        await asyncio.sleep(1.2)
        server.send_text("/help")
        await server.wait_until(lambda: bool(taken), 5, "an update")
        await asyncio.sleep(0.2)
        assert watchdog.problem is None
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
    assert "no poll has succeeded for 1 s: polling begins anew" in caplog.text
    assert taken == [1]


@asynccontextmanager
async def webhook_bot(settings: ServeSettings, server: BotApiServer) -> AsyncIterator[None]:
    """The bot from when its webhook is set until it has ended by itself."""
    stopped, before = asyncio.Event(), len(server.calls_of("setWebhook"))
    serving = asyncio.create_task(serve(settings, stopped))
    setting = asyncio.create_task(server.wait_for_call("setWebhook", count=before + 1))
    await asyncio.wait({serving, setting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        if serving.done():
            setting.cancel()
            serving.result()
        yield
    finally:
        stopped.set()
        await asyncio.wait_for(serving, 20)
