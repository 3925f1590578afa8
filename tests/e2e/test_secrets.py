"""What the program says of itself, in processes of their own, when all goes well and when all goes wrong."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from bot.telegram import texts
from tests.bot_api import BotApiServer
from tests.e2e.leaky_bot import WORD
from tests.e2e.running import ADA, BOB, ROOT, run_program
from tests.e2e.test_web_side import free_port

TOKEN = "4200042:AAH-b_c9Zyx8Wvu7Tsr6"
KEY, SECRET, PASSWORD = "key/of: the+hashes", "secret-of-the-webhook", "pass@word-of-the-proxy"
SECRETS = [TOKEN, TOKEN.partition(":")[2], KEY, SECRET, PASSWORD]
FORMS = {
    form for each in SECRETS for form in (each, quote(each), quote(each, safe=""), b64encode(each.encode()).decode())
}
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) [\w.]+( \[[^]]*\])?: .*")
# What people may write to forge a line, to command a terminal, to turn the reading direction.
FORGED = "flibbertigibbet\n2026-01-01T00:00:00.000Z INFO bot.forged: all is well\r\x1b[2J\u202e\u2066\x85 {}"


@asynccontextmanager
async def running(module: str, server: BotApiServer, folder: Path, **changes: str) -> AsyncIterator[Process]:
    """A module as a process of its own, serving; at the end it has ended by itself."""
    known = {
        "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "HASH_KEY": KEY, "WEBHOOK_SECRET": SECRET,
        "HTTPS_PROXY": f"http://someone:{quote(PASSWORD)}@127.0.0.1:1", "ADMIN_IDS": str(ADA), "WATCH": "false",
        "DATABASE_URL": f"sqlite:///{folder}/log.db", "DATA": f"{folder}/loaded", "ADDED": f"{folder}/added",
        "PATH": os.environ["PATH"],
    }  # fmt: skip
    arguments = ["-m", module, *(["serve"] if module == "bot" else [])]
    with (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, env={**known, **changes}, stdin=DEVNULL, stdout=said, stderr=said
        )
    try:
        await server.wait_for_call("setWebhook" if "WEBHOOK_URL" in changes else "getUpdates", timeout=30)
        yield process
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 40)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """The Bot API server on loopback, with a token as long as real ones."""
    async with BotApiServer(TOKEN) as server:
        yield server


def lines_of(folder: Path, form: str) -> list[str]:
    """What was said, a line a record; each of them is one that only the log can have written."""
    said = (folder / "said").read_text(encoding="utf-8")
    assert {form for form in FORMS if form in said} == set()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", said)
    lines = [line for line in said.split("\n")[:-1] if not line.startswith("  | ")]
    if form == "json":
        assert [line for line in lines if set(json.loads(line)) < {"time", "level", "logger", "message"}] == []
        assert [line for line in lines if json.loads(line)["logger"] == "bot.forged"] == []
    else:
        assert [line for line in lines if not LINE.fullmatch(line)] == []
        assert "INFO bot.forged" not in "".join(line[:60] for line in lines)
    return lines


@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
async def test_no_secret_and_no_forged_line_in_good_days_and_bad(
    server: BotApiServer, tmp_path: Path, level: str, form: str
) -> None:
    """Questions, commands, updates that cannot be read, a server that fails, breaks off, talks nonsense and is away."""
    async with running("bot", server, tmp_path, LOG_LEVEL=level, LOG_FORMAT=form):
        server.send_text(FORGED)
        server.send_text(f"/ask {FORGED}")
        server.send_text("/status")
        await server.wait_for_messages(ADA, 3)
        server.send_update({"message": {"text": FORGED, "chat": {"id": 7}}})
        for fault in (400, 403, 429, 500, 502):
            server.fail_next("sendMessage", fault)
            server.send_text(FORGED, user_id=3000 + fault)
        server.drop_next("sendMessage")
        server.garbage_next("sendMessage")
        server.fail_next("getUpdates", 502)
        for user in (4001, 4002):
            server.send_text(FORGED, user_id=user)
        async with asyncio.timeout(30):
            while server._faults:  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.05)
        await server.stop()
        await asyncio.sleep(1)
        await server.start()
        server.send_text("Who is Galuzin?", user_id=BOB)
        await server.wait_for_messages(BOB, 1, timeout=30)
    lines = lines_of(tmp_path, form)
    assert any("cannot be read" in line for line in lines)
    if level == "INFO":
        assert [line for line in lines if re.search("flibbertigibbet|Galuzin", line)] == []
    else:
        assert len(lines) > 100


@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
async def test_no_secret_where_everything_fails_with_it_in_its_words(
    server: BotApiServer, tmp_path: Path, level: str, form: str
) -> None:
    """Nor a person's words above DEBUG, not even in a traceback; the admin is told without them."""
    server.send_text("/start", user_id=ADA)
    async with running("tests.e2e.leaky_bot", server, tmp_path, LOG_LEVEL=level, LOG_FORMAT=form):
        number = server.send_text(f"{WORD} {FORGED}", user_id=BOB)
        assert [each.text for each in await server.wait_for_messages(BOB, 1)] == [texts.FAILED]
        alarm = (await server.wait_for_messages(ADA, 2))[1].text
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert {form for form in FORMS if form in said + alarm} == set()
    assert "RuntimeError in tests.e2e.leaky_bot:" in alarm or "RuntimeError in bot." in alarm
    assert WORD not in alarm
    assert "flibbertigibbet" not in alarm
    for message in ("Task exception was never retrieved", "ended with a fault", "could not be handled", "do not fit"):
        assert message in said
    assert (WORD in said) is (level == "DEBUG")
    told = [line for line in said.split("\n") if "said of an update" in line or "said in the thread" in line]
    assert len(told) == 2
    if form == "json":
        assert [json.loads(line)["update"] for line in told] == [number, number]
        assert len({json.loads(line)["chat"] for line in told}) == 1
    else:
        assert all(re.search(rf" \[chat=[0-9a-f]{{12}} update={number}\]: said", line) for line in told)


async def test_no_secret_of_a_webhook_and_of_those_who_knock_at_it(tmp_path: Path) -> None:
    """Neither that of the bot nor what strangers try."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    known = {"LISTEN": f"127.0.0.1:{port}", "WEBHOOK_URL": url, "LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"}
    async with (
        BotApiServer(TOKEN, local=True) as server,
        running("bot", server, tmp_path, **known),
        ClientSession() as stranger,
    ):
        server.send_text(FORGED, user_id=BOB)
        await server.wait_for_messages(BOB, 1)
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": SECRET}):
            async with stranger.post(f"{url}?{TOKEN}", data=FORGED.encode(), headers=headers) as answer:
                assert answer.status in {400, 403}
    assert len(lines_of(tmp_path, "json")) > 20


async def test_an_answered_question_says_nothing(server: BotApiServer, tmp_path: Path) -> None:
    """The log of a busy bot stays readable."""
    async with running("bot", server, tmp_path, LOG_FORMAT="json"):
        before = (tmp_path / "said").read_text(encoding="utf-8")
        for user in range(5000, 5020):
            server.send_text("Who is Galuzin?", user_id=user)
        for user in range(5000, 5020):
            await server.wait_for_messages(user, 1)
        after = (tmp_path / "said").read_text(encoding="utf-8")
    assert after == before
    assert "serving as" in before


async def test_no_secret_is_in_the_title_of_a_process(server: BotApiServer, tmp_path: Path) -> None:
    """Everybody on the machine sees it; neither in that of the bot nor in those of its children."""
    (tmp_path / "articles").mkdir()
    async with running("bot", server, tmp_path, LOG_LEVEL="DEBUG") as process:
        titles = [path.read_bytes() for path in (Path("/proc") / str(process.pid) / "task").glob("*/comm")] + [
            (Path("/proc") / str(process.pid) / "cmdline").read_bytes()
        ]
        children = (Path("/proc") / str(process.pid) / "task" / str(process.pid) / "children").read_text().split()
        titles += [(Path("/proc") / child / "cmdline").read_bytes() for child in children]
    assert b"serve" in titles[-1 - len(children)]
    assert [title for title in titles if any(secret.encode() in title for secret in SECRETS)] == []


@pytest.mark.parametrize("form", ["console", "json"])
async def test_an_end_by_a_wrong_token_or_an_absent_server_shows_no_secret(tmp_path: Path, form: str) -> None:
    """What ends the program is said in the form of the log where programs read it."""
    async with BotApiServer() as server:
        known = {
            "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "HASH_KEY": KEY, "LOG_LEVEL": "DEBUG",
            "LOG_FORMAT": form, "START_WAIT": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/log.db",
            "DATA": f"{tmp_path}/loaded", "ADDED": f"{tmp_path}/added",
        }  # fmt: skip
        wrong = await asyncio.to_thread(run_program, "serve", **known)
    absent = await asyncio.to_thread(run_program, "serve", **known)
    assert (wrong[0], absent[0]) == (77, 69)
    for _, out, err in (wrong, absent):
        assert {form for form in FORMS if form in out + err} == set()
        last = err.splitlines()[-1]
        message = json.loads(last)["message"] if form == "json" else last
        assert message.startswith("error: ")
        if form == "json":
            assert all(json.loads(line)["level"] for line in err.splitlines())
