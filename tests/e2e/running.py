"""The production bot, run against the Bot API server on loopback."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, Self

from bot.settings import ServeSettings, read_serve_settings
from bot.telegram.serving import serve
from tests.builders import SEEDS

ROOT = SEEDS.parent
ADA, BOB = 1001, 1002


class Server(Protocol):
    """What a bot can be run against."""

    token: str

    @property
    def url(self) -> str:
        """Its address."""
        ...

    async def wait_for_poll(self) -> None:
        """Until the bot asks for updates."""
        ...


def settings_for(server: Server, folder: Path, **changes: Any) -> ServeSettings:
    """Settings that point to the server, with what is kept below ``folder``."""
    known: dict[str, Any] = {
        "telegram_bot_token": server.token,
        "telegram_api_url": server.url,
        "database_url": f"sqlite:///{folder}/log.db",
        "corpus": SEEDS,
        "data": folder / "corpus",
        "added": folder / "added",
        "log_level": "DEBUG",
    }
    return read_serve_settings(_env_file=os.devnull, **{**known, **changes})


@asynccontextmanager
async def running_bot(settings: ServeSettings, server: Server) -> AsyncIterator[None]:
    """The bot from its first poll until it has ended by itself."""
    stopped = asyncio.Event()
    serving = asyncio.create_task(serve(settings, stopped))
    polling = asyncio.create_task(server.wait_for_poll())
    await asyncio.wait({serving, polling}, return_when=asyncio.FIRST_COMPLETED)
    try:
        if serving.done():
            polling.cancel()
            serving.result()
        yield
    finally:
        stopped.set()
        await asyncio.wait_for(serving, 20)


def run_program(*arguments: str, stdin: str = "", **environment: str) -> tuple[int, str, str]:
    """Run ``python -m bot`` with these settings and no others: its exit code, standard output, standard error."""
    done = subprocess.run(  # noqa: S603 - our own program
        _command(*arguments),
        cwd=ROOT,
        env=_environment(environment),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


class Program:
    """``python -m bot`` going on beside a test; what it says on standard error goes to a file.

    A context manager: at the end the program is gone, whatever happened. ``module`` runs another one in its place.
    """

    def __init__(self, errors: Path, *arguments: str, module: str = "bot", **environment: str) -> None:
        self._errors = errors
        with errors.open("wb") as stream:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                _command(*arguments, module=module),
                cwd=ROOT,
                env=_environment(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stream,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    async def ended(self, seconds: float = 30) -> tuple[int, str]:
        """Its exit code and what it said on standard error, once it has ended by itself in so many seconds."""
        code = await asyncio.to_thread(self._process.wait, seconds)
        return code, self._errors.read_text(encoding="utf-8")


def _command(*arguments: str, module: str = "bot") -> list[str]:
    return [sys.executable, "-W", "error::ResourceWarning", "-m", module, *arguments]


def _environment(settings: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "CORPUS": str(SEEDS), **settings}
