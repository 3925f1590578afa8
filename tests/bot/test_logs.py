"""What is said on standard error: lines that nobody can forge, without secrets and without what people wrote."""

import asyncio
import json
import logging
import re
import subprocess
import sys
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import Form, LineFormatter, name_in_lines, record_factory
from bot.redaction import Redactor
from tests.builders import SEEDS

TOKEN = "4200042:AAH-b_c9Zyx8Wvu7"
HALF = TOKEN.partition(":")[2]
LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) [\w.]+( \[[^]\n]*\])?: .*"
)
NOT_BLOTTED = Redactor([])
# What a hostile person may write, so that a line seems to end and another to begin.
FORGED = "x\n2026-01-01T00:00:00.000Z INFO bot: all is well\r\x1b[2J\u202e\u2028\x85\u2066\x00\ud800"
commanding = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def record(message: object, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    """As a logger makes it."""
    told = (type(error), error, error.__traceback__) if error else None
    return record_factory(Redactor([TOKEN]))("bot.x", logging.ERROR, __file__, 1, message, arguments, told)


def raised(text: str) -> Exception:
    """An error that was raised, because of another one."""

    def raise_again() -> None:
        try:
            dict[str, str]()[text]
        except KeyError as cause:
            raise RuntimeError(text) from cause

    try:
        raise_again()
    except RuntimeError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("form", ["console", "json"])
@given(text=st.one_of(st.text(), st.just(FORGED)))
def test_no_text_can_forge_a_line(form: Form, text: str) -> None:
    """In a message or in an error: what is said is one line, its traceback set off, and nothing commands a terminal."""
    said = LineFormatter(NOT_BLOTTED, form, tell_all=True).format(record("heard %s", text, error=raised(text)))
    said.encode()
    if form == "json":
        assert "\n" not in said
        found = json.loads(said)
        assert set(found) == {"time", "level", "logger", "message", "exception"}
        assert commanding.findall(found["message"] + found["exception"].replace("\n", "")) == []
        return
    first, *others = said.split("\n")
    assert LINE.fullmatch(first)
    assert others
    assert all(each.startswith("  | ") for each in others)
    assert commanding.findall(said.replace("\n", "")) == []


def test_a_line_names_the_update_before_all_that_others_can_write() -> None:
    """So that no message can pass for a field."""
    with structlog.contextvars.bound_contextvars(update=7, chat="c0ffee"):
        plain = LineFormatter(NOT_BLOTTED).format(record("said %d [update=8]", 1))
        object_ = json.loads(LineFormatter(NOT_BLOTTED, "json").format(record("said %d", 1)))
    assert plain.endswith("Z ERROR bot.x [chat=c0ffee update=7]: said 1 [update=8]")
    assert list(object_) == ["time", "level", "logger", "chat", "update", "message"]
    assert (object_["update"], object_["message"]) == (7, "said 1")


async def test_lines_name_the_update_in_threads_too_until_there_is_none() -> None:
    """Where an answer is found, and where another update begins."""
    formatter = LineFormatter(NOT_BLOTTED)
    name_in_lines(7, "0123456789abcdef")
    assert " [chat=0123456789ab update=7]: " in await asyncio.to_thread(formatter.format, record("x"))
    name_in_lines(8, "0123456789abcdef")
    assert " [chat=0123456789ab update=8]: " in await asyncio.to_thread(formatter.format, record("x"))
    name_in_lines(None)
    assert "[" not in await asyncio.to_thread(formatter.format, record("x"))


def test_errors_of_an_update_keep_to_themselves_what_people_wrote() -> None:
    """Above DEBUG: kinds and places are enough to find the fault. Elsewhere, and at DEBUG, all is told."""
    grouped = ExceptionGroup("my question", [raised("my question")])
    with structlog.contextvars.bound_contextvars(update=7):
        for error in (raised("my question"), grouped):
            said = LineFormatter(NOT_BLOTTED).format(record("failed", error=error))
            assert "my question" not in said
            assert "builtins.RuntimeError (its text" in said
            assert said.index("builtins.KeyError") < said.index("builtins.RuntimeError")
            assert 'test_logs.py", line' in said
            assert "my question" in LineFormatter(NOT_BLOTTED, tell_all=True).format(record("failed", error=error))
    assert "RuntimeError: my question" in LineFormatter(NOT_BLOTTED).format(
        record("failed", error=raised("my question"))
    )


def test_an_error_that_is_its_own_cause_is_told_once() -> None:
    """It happens: `raise error from error`."""
    error = raised("x")
    error.__cause__ = error
    with structlog.contextvars.bound_contextvars(update=7):
        assert LineFormatter(NOT_BLOTTED).format(record("failed", error=error)).count("builtins.RuntimeError") == 1


def test_records_hold_no_secret_whoever_formats_them() -> None:
    """In their text, their arguments and their traceback."""
    for each in (record("%s", TOKEN), record(f"bot{TOKEN}"), record({"token": TOKEN}), record("%(a)s", {"a": TOKEN})):
        assert HALF not in repr(vars(each)) + each.getMessage()
    told = record("failed: %s", TOKEN, error=raised(TOKEN))
    for formatter in (logging.Formatter(), LineFormatter(Redactor([TOKEN])), LineFormatter(Redactor([TOKEN]), "json")):
        assert HALF not in formatter.format(told)
        assert "RuntimeError" in formatter.format(told)
    assert told.exc_info is None


def test_a_line_costs_nobody_an_error() -> None:
    """Not one whose arguments do not fit, nor one whose argument cannot be shown."""

    class Mute:
        def __str__(self) -> str:
            raise ValueError(TOKEN)

        __repr__ = __str__

    assert record("%d questions", "many").getMessage() == "a line whose arguments do not fit: %d questions"
    assert record("%s", Mute()).getMessage() == "a line whose arguments do not fit: %s"
    assert record(Mute()).getMessage() == "a line whose arguments do not fit: Mute"
    assert LineFormatter(NOT_BLOTTED).format(record(Mute()))


WAYS = {
    "a line": "log.error('http://x/bot%s/getMe', TOKEN)",
    "a third party's own handler": "theirs.error('bot%s', TOKEN)",
    "a third party's own file": "filed.error('bot%s', TOKEN, exc_info=ValueError(TOKEN))",
    "a third party's own objects": "theirs.error({'token': TOKEN, 'of': (TOKEN,)})",
    "a handler that fails": "broken.error('bot%s', TOKEN)",
    "a line that does not fit": "log.error('%d %s', TOKEN, TOKEN)",
    "an error": "log.error('failed', exc_info=ValueError(TOKEN))",
    "an error quoted in an address": "log.error('failed', exc_info=ValueError(quote(TOKEN)))",
    "where a line was said": "log.error('here', stack_info=True) or '4200042:AAH-b_c9Zyx8Wvu7'",
    "the bot itself": "log.error('%r %r', telegram.Bot(TOKEN), telegram.ext.ExtBot(TOKEN))",
    "the settings": "log.error('%r %s', settings, settings.model_dump())",
    "a warning": "warnings.warn(f'bot{TOKEN}')",
    "a thread": "in_thread(lambda: 1 / 0 if not TOKEN else fail(TOKEN))",
    "a task that nobody awaits": "asyncio.run(forgotten())",
    "an error at an object's end": "Ending()",
    "what is printed": "print(TOKEN, repr(telegram.Bot(TOKEN)), file=sys.stderr)",
    "a traceback that is printed": "printed(TOKEN)",
    "the secret half alone": "log.error(TOKEN.partition(':')[2])",
    "a command's own words": "terminal.warn(f'bot{TOKEN}')",
    "the key of the hashes": "log.error('%s %r', KEY, KEY.encode())",
    "the proxy's password": "log.error('http://user:p%40ssword@127.0.0.1:1 Basic dXNlcjpwQHNzd29yZA==')",
}
CHILD = """
import asyncio, gc, logging, os, sys, threading, traceback, warnings
from urllib.parse import quote
import telegram, telegram.ext
from bot import faults, terminal
from bot.settings import read_serve_settings

TOKEN, KEY = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["HASH_KEY"]
theirs, filed, broken = (logging.getLogger(name) for name in ("theirs", "filed", "broken"))
theirs.addHandler(logging.StreamHandler(sys.stdout))
filed.addHandler(logging.FileHandler("/dev/stdout"))
broken.addHandler(logging.StreamHandler(sys.stdout))
broken.handlers[0].setFormatter(logging.Formatter("%(absent)s %(args)s"))
settings = terminal.set_up(read_serve_settings())
log = logging.getLogger("bot.x")

def fail(text):
    raise RuntimeError(f"of {text}")

def in_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

async def forgotten():
    asyncio.get_running_loop().set_exception_handler(faults.log_fault_of_loop)
    task = asyncio.create_task(asyncio.to_thread(fail, TOKEN))
    await asyncio.sleep(0.1)
    del task
    gc.collect()

class Ending:
    def __del__(self):
        fail(TOKEN)

def printed(text):
    try:
        fail(text)
    except RuntimeError:
        traceback.print_exc()
"""


def run_child(code: str, **environment: str) -> tuple[str, str]:
    """What a process of its own that logs as the program does says on standard output and standard error."""
    known = {"TELEGRAM_BOT_TOKEN": TOKEN, "HASH_KEY": "a key of 24 letters, so", "LOG_LEVEL": "DEBUG"}
    proxy = {"HTTPS_PROXY": "http://user:p%40ssword@127.0.0.1:1"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", f"{CHILD}\n{code}"],
        cwd=SEEDS.parent, env={**known, **proxy, **environment}, capture_output=True, encoding="utf-8", check=False,
        timeout=60,
    )  # fmt: skip
    return done.stdout, done.stderr


@pytest.fixture(scope="module", params=[("DEBUG", "console"), ("INFO", "json")], ids=" ".join)
def told(request: Any) -> dict[str, str]:
    """What a process says that lets its secrets slip in every way, by way."""
    level, form = request.param
    ways = "\n".join(f"print('== {number}', flush=True); {code}" for number, code in enumerate(WAYS.values()))
    out, err = run_child(f"sys.stderr.stream.flush(); os.dup2(1, 2)\n{ways}", LOG_LEVEL=level, LOG_FORMAT=form)
    assert err == ""
    parts = re.split(r"^== \d+\n", out, flags=re.MULTILINE)
    return dict(zip(["before", *WAYS], parts, strict=True))


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_slips_out(told: dict[str, str], way: str) -> None:
    """Whatever goes wrong, something is said of it, and no secret, in no form."""
    assert told[way].strip()
    for secret in (HALF, "a key of 24 letters", "p%40ssword", "p@ssword", "dXNlcjpwQHNzd29yZA"):
        assert secret not in told[way]


@pytest.mark.parametrize(
    ("way", "logger"),
    [
        ("a thread", "bot.faults"),
        ("a task that nobody awaits", "bot.faults"),
        ("an error at an object's end", "bot.faults"),
        ("a warning", "bot.faults"),
        ("a command's own words", "bot.terminal"),
    ],
)
def test_what_nobody_caught_is_a_line_of_the_log(told: dict[str, str], way: str, logger: str) -> None:
    """In the form of all others; a command's own words as well, where programs read."""
    if not told[way].startswith("{"):
        assert way == "a command's own words" or re.search(
            rf"^\S+Z (ERROR|WARNING) {logger}: ", told[way], re.MULTILINE
        )
        return
    line = json.loads(told[way].splitlines()[0])
    assert line["logger"] == logger
    assert "of <secret>" not in line.get("exception", "")


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_fault_of_the_program_is_a_line_too(form: str) -> None:
    """It ends with it."""
    _, err = run_child("fail(TOKEN)", LOG_FORMAT=form)
    assert "the program ended with a fault" in err
    assert "RuntimeError: of <secret>" in err
    assert HALF not in err
    assert form == "console" or json.loads(err)["level"] == "CRITICAL"
