"""A long time in little: one process, very many updates, changes of the articles and failures of the server."""

import asyncio
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.faults.clock import WallClock
from tests.bench.faults.lives import Lives
from tests.bench.faults.samples import Sample, look
from tests.builders import SEEDS
from tests.e2e.running import Program

_OPEN: Final = 150  # questions at a time
_UPDATES_A_FAULT: Final = 1_000
_RELOADS: Final = 50
_OTHERS: Final = 0.15  # of the updates are no questions
_PATIENCE: Final = 60.0
_NOTE: Final = (
    "The harbour of Poti\n\nThe harbour master counted {} ships on Friday, he told the newspaper of the town.\n"
)


@dataclass(frozen=True, slots=True)
class Course:
    """How a run is made.

    Attributes:
        updates: how many in all.
        every: updates between samples.
        pace: how much faster than time the bot's clock of the wall goes; None leaves it alone.
    """

    updates: int = 200_000
    every: int = 4_000
    pace: int | None = None


class Soak:
    """Keeps one life of the bot as busy as it can be.

    Args:
        folder: for everything.
        course: how long, and how it is looked at.
        webhook: whether updates are handed over to a webhook instead of being polled for.
        seed: of all that is random.
    """

    def __init__(self, folder: Path, course: Course, *, webhook: bool = False, seed: int = 1) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._corpus = Path(shutil.copytree(SEEDS, folder / "articles", dirs_exist_ok=True))
        self._watched = folder / "watched.jsonl"
        self._course = course
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        more = {"CORPUS": str(self._corpus), "WATCHED_FILE": str(self._watched), "LOG_LEVEL": "WARNING"}
        self._clock = WallClock(folder) if course.pace else None
        turned = self._clock.settings() if self._clock else {}
        self.lives = Lives(folder, {**more, **turned}, seed, webhook=webhook)
        self._webhook = webhook
        self.samples: list[Sample] = []
        self._sent = 0

    async def run(self, tell: Callable[[str], None] = print) -> None:
        """Run it; the samples and the account of the lives say how it went."""
        lives, server = self.lives, self.lives.server
        async with server:
            self._start = time.monotonic()
            turning = asyncio.create_task(self._turn_clock())
            with lives.program("tests.bench.faults.watched") as program:
                await server.wait_until(lambda: lives.ledger.calls[1] > 0, 60, "first call of the bot")
                while self._sent < self._course.updates:
                    await self._stretch()
                    await self._sample(program)
                    tell(_line(self.samples[-1]))
                await lives.crowd.answered(_PATIENCE)
                await self._sample(program)
                program.signal(signal.SIGTERM)
                await program.ended(60)
            turning.cancel()

    async def _stretch(self) -> None:
        """Updates until the next sample, as many at a time as the bot can use."""
        goal = min(self._sent + self._course.every, self._course.updates)
        while self._sent < goal:
            if self.lives.ledger.open < _OPEN:
                self._one()
            else:
                await asyncio.sleep(0.005)
        await self.lives.crowd.answered(_PATIENCE)

    def _one(self) -> None:
        self._sent += 1
        if self._chance.random() < _OTHERS:
            self._something_else()
        else:
            self.lives.crowd.ask_once()
        if self._sent % _UPDATES_A_FAULT == 0:
            self._fault()
        if self._sent % max(1, self._course.updates // _RELOADS) == 0:
            (self._corpus / "harbour.txt").write_text(_NOTE.format(self._sent), encoding="utf-8")

    def _something_else(self) -> None:
        server, person = self.lives.server, self._chance.randrange(8001, 8021)
        what = self._chance.random()
        if what < 0.6:
            server.send_text(self._chance.choice(["/help", "/sources", "/privacy", "/nonsense"]), user_id=person)
        elif what < 0.9:
            server.send_photo(user_id=person)
        else:
            server.send_update({"message": {"message_id": 1, "text": "no chat, no date"}})

    def _fault(self) -> None:
        server = self.lives.server
        plays: list[Callable[[], None]] = [
            lambda: server.fail_next("sendMessage", 429, retry_after=1),
            lambda: server.fail_next("sendMessage", 502),
            lambda: server.fail_next("sendMessage", 500),
            lambda: server.drop_next("sendMessage", after_processing=True),
            lambda: server.garbage_next("sendMessage"),
            lambda: server.delay_next("sendMessage", 2),
        ]
        if not self._webhook:
            plays += [
                lambda: server.fail_next("getUpdates", 502),
                lambda: server.drop_next("getUpdates"),
                lambda: server.fail_next("getUpdates", 429, retry_after=1),
            ]
        self._chance.choice(plays)()

    async def _sample(self, program: Program) -> None:
        seconds = time.monotonic() - self._start
        self.samples.append(await look(program, self._watched, self.lives.database, self._sent, seconds))

    async def _turn_clock(self) -> None:
        """The clocks of the bot and of the server go faster, by leaps of a second's worth."""
        while self._clock and self._course.pace:
            self._clock.set_ahead((time.monotonic() - self._start) * (self._course.pace - 1))
            self.lives.server.state.clock = self._clock.now
            await asyncio.sleep(1)


def _line(sample: Sample) -> str:
    return (
        f"{sample.updates:>8} updates {sample.seconds:>7.0f} s  {sample.private_kb:>8} KB own"
        f"  {sample.resident_kb:>8} KB resident  {sample.objects:>8} objects  {sample.tasks:>4} tasks"
        f"  {sample.threads:>3} threads  {sample.files:>3} files  {sample.sockets:>3} sockets"
        f"  {sample.database_kb / 1024:>7.1f} MB database"
    )
