"""The bot's lives: started, ended by a signal at a random moment while people ask, started again."""

import asyncio
import random
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.faults.crowd import Crowd
from tests.bench.faults.ledger import Account, Ledger
from tests.bot_api import BotApiServer
from tests.e2e.running import Program

_AT_START: Final = 0.15  # of the deaths come before the bot is known to live
_START_SECONDS: Final = 1.5
_WORK_SECONDS: Final = 2.5
_PATIENCE: Final = 40.0  # seconds without any answer, until a question counts as lost
_WIRE_SECONDS: Final = 0.1  # what a dead process has sent is read by then


@dataclass(slots=True)
class Course:
    """How the lives went.

    Attributes:
        deaths: how many lives were ended by a signal, `early` of them during the start.
        stops: seconds from each signal to the end of the process.
        codes: exit codes of these lives.
        catching_up: seconds that the last life needed to answer all that was open.
    """

    deaths: int = 0
    early: int = 0
    stops: list[float] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    catching_up: float = 0.0


class Lives:
    """Runs the bot in one folder, again and again.

    Args:
        folder: for its database, its articles and what it says.
        settings: beside those of the folder and the server.
        seed: of all that is random.
        per_second: questions a second.
        webhook: whether updates are handed over to a webhook instead of being polled for.
        database: where it lies; None for the folder.
    """

    def __init__(
        self,
        folder: Path,
        settings: dict[str, str] | None = None,
        seed: int = 1,
        *,
        per_second: float = 120,
        webhook: bool = False,
        database: Path | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.database = database or folder / "verbatim.db"
        self.said: list[Path] = []
        self.server = BotApiServer(keep=50, local=True, webhook_unit=0.05)
        self.ledger = Ledger()
        self.server.on_call = self.ledger.on_call
        self.server.updates.on_handed = self.ledger.on_handed
        self._folder = folder
        self._settings = (_webhook_settings() if webhook else {}) | (settings or {})
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.crowd = Crowd(self.server, self.ledger, self._chance, per_second=per_second)

    def program(self, module: str = "bot") -> Program:
        """Start the bot, or a module that runs it: its next life."""
        self.ledger.life += 1
        said = self._folder / f"said-{self.ledger.life:04}.txt"
        self.said.append(said)
        known = {
            "TELEGRAM_BOT_TOKEN": self.server.token,
            "TELEGRAM_API_URL": self.server.url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DATA": str(self._folder / "corpus"),
            "ADDED": str(self._folder / "added"),
            # A few people ask as much as many would.
            "PERSON_LIMIT": "0",
            "GROUP_LIMIT": "0",
        }
        return Program(said, "serve", module=module, **known, **self._settings)

    async def run(self, deaths: int, number: signal.Signals, tell: Callable[[str], None] = print) -> Course:
        """End so many lives by a signal, then let one more answer what is left."""
        course = Course()
        async with self.server:
            asking = asyncio.create_task(self.crowd.ask_on())
            try:
                for _ in range(deaths):
                    await self._one(number, course)
                    if course.deaths % 10 == 0:
                        tell(f"{course.deaths} deaths, {self.ledger.open} questions open")
            finally:
                asking.cancel()
            start = time.monotonic()
            with self.program() as last:
                await self.crowd.answered(_PATIENCE)
                course.catching_up = time.monotonic() - start
                last.signal(signal.SIGTERM)
                await last.ended()
        return course

    def account(self) -> Account:
        """What became of the questions."""
        return self.ledger.account(self.database, len(self.server.invalid))

    async def _one(self, number: signal.Signals, course: Course) -> None:
        early = self._chance.random() < _AT_START
        with self.program() as program:
            if early:
                await asyncio.sleep(self._chance.uniform(0, _START_SECONDS))
            else:
                await self._works()
                await asyncio.sleep(self._chance.uniform(0, _WORK_SECONDS))
            start = self.ledger.died_at[self.ledger.life] = time.monotonic()
            program.signal(number)
            code, _ = await program.ended(60)
            course.stops.append(time.monotonic() - start)
        course.codes.append(code)
        course.deaths += 1
        course.early += early
        await asyncio.sleep(_WIRE_SECONDS)

    async def _works(self) -> None:
        """Until this life of the bot has called the server for the first time."""
        await self.server.wait_until(lambda: self.ledger.calls[self.ledger.life] > 0, 60, "first call of the bot")


def _webhook_settings() -> dict[str, str]:
    """A place for the bot to listen, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {"LISTEN": f"127.0.0.1:{port}", "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram"}
