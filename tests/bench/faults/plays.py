"""What can go wrong around the bot, each as a play: it goes wrong, people ask meanwhile, it is well again."""

import asyncio
import re
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tests.bench.faults.stage import SORRY, Stage

Act = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Play:
    """One thing that goes wrong.

    Attributes:
        name: in a few words.
        act: lets it go wrong and waits until all is well; asserts what must be seen.
        says: what the operator must find in what the bot says; "" for nothing.
        settings: of the bot.
        started: whether the bot runs at the beginning.
        needs: the program or the right without which it cannot be played; None for nothing.
        quick: whether it takes a few seconds only.
        unlogged: whether questions may be missing in the log at the end, because the file is gone.
        small_disk: whether the database lies on a small disk of its own.
    """

    name: str
    act: Act
    says: str = ""
    settings: Callable[[Path], dict[str, str]] = lambda _: {}
    started: bool = True
    needs: str | None = None
    quick: bool = True
    unlogged: bool = False
    small_disk: bool = False


async def away_at_start(stage: Stage) -> None:
    """The Bot API server comes three seconds after the bot."""
    await stage.server.start()
    await stage.server.stop()
    await stage.start(wait=False)
    await stage.until_said("cannot reach the Bot API server")
    await stage.ask()
    await asyncio.sleep(1)
    await stage.server.start()


async def away_meanwhile(stage: Stage) -> None:
    """The server goes away in the middle of work and comes back."""
    asking = asyncio.create_task(stage.ask(60))
    await asyncio.sleep(1)
    await stage.server.stop()
    await stage.until_said("polling failed")
    await asking
    await stage.server.start()


def failing(play: Callable[[Any, str], None]) -> Act:
    """The server fails at three answers and at two polls, in this way."""

    async def act(stage: Stage) -> None:
        for _ in range(3):
            play(stage.server, "sendMessage")
            await stage.ask(2)
            await asyncio.sleep(0.3)
        play(stage.server, "getUpdates")
        await stage.ask()
        await asyncio.sleep(1.2)
        play(stage.server, "getUpdates")
        await stage.ask()

    return act


async def slow(stage: Stage) -> None:
    """Answers arrive, but the server says so after the bot's patience has ended."""
    stage.server.delay_next("sendMessage", 25, times=2)
    await stage.ask(6)
    await stage.until_said("may not have arrived", 40)


async def other_poller(stage: Stage) -> None:
    """Another program polls for a while."""
    await stage.ask()
    await asyncio.sleep(4)
    stage.server.conflict = True
    await stage.until_said("polling failed (Conflict")
    await stage.ask()
    await asyncio.sleep(2)
    stage.server.conflict = False


async def other_poller_stays(stage: Stage) -> None:
    """Another program goes on polling: the bot gives up, and answers when it is started again."""
    await asyncio.sleep(4)
    stage.server.conflict = True
    await stage.ask()
    assert await stage.end(None) != 0
    stage.server.conflict = False
    await stage.start()


async def blocked(stage: Stage) -> None:
    """Somebody asks and blocks the bot before it answers; the others are not kept waiting."""
    stage.server.fail_next("sendMessage", 403, times=3)
    await stage.ask(10)


async def refused(stage: Stage) -> None:
    """Telegram refuses an answer; the person is told."""
    stage.server.fail_next("sendMessage", 400, times=1)
    await stage.ask(4)
    await stage.all_answered()
    await asyncio.sleep(0.5)
    assert stage.count(SORRY) == 1


async def killed(stage: Stage) -> None:
    """Kill -9 while people ask."""
    asking = asyncio.create_task(stage.ask(40))
    await asyncio.sleep(1)
    await stage.end(signal.SIGKILL)
    await asking
    await stage.start()


PLAYS: Final[Sequence[Play]] = (
    Play("API not there at the start", away_at_start, "cannot reach the Bot API server", started=False),
    Play("API away for a while", away_meanwhile, "the Bot API server answers again|polling failed"),
    Play("API slow (25 s an answer)", slow, "may not have arrived", quick=False),
    Play("API says 500", failing(lambda server, method: server.fail_next(method, 500)), "polling failed", quick=False),
    Play("API says 502 in HTML", failing(lambda server, method: server.fail_next(method, 502)), "polling failed"),
    Play("API says broken JSON", failing(lambda server, method: server.garbage_next(method)), "polling failed"),
    Play(
        "API cuts the connection after an answer has arrived",
        failing(lambda server, method: server.drop_next(method, after_processing=method == "sendMessage")),
        "polling failed",
        quick=False,
    ),
    Play(
        "API says 429, wait 2 s",
        failing(lambda server, method: server.fail_next(method, 429, retry_after=2)),
        "Retry in",
        quick=False,
    ),
    Play("API says 409 for a while", other_poller, "Conflict"),
    Play("API says 409 for good", other_poller_stays, "another program receives this bot's updates", quick=False),
    Play("API says 403: blocked by the person", blocked),
    Play("API says 400 to an answer", refused, "refused"),
    Play("kill -9", killed, quick=False),
)


def wrong(play: Play, stage: Stage) -> list[str]:
    """What must not be, in words, after a play; nothing where all is well."""
    account = replace(stage.account, unlogged=0) if play.unlogged else stage.account
    unsaid = [] if re.search(play.says, stage.everything_said) else [f"the bot did not say “{play.says}”"]
    return [*account.wrong, *unsaid]


async def perform(play: Play, folder: Path) -> Stage:
    """Play it, wait until all is answered, and stop the bot; the stage tells what was seen."""
    with small_disk(folder / "disk") if play.small_disk else nullcontext(folder) as place:
        async with Stage(folder, play.settings(folder), database=place / "verbatim.db", started=play.started) as stage:
            await play.act(stage)
            await stage.all_answered()
            await stage.end()
            stage.settle()
    return stage


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of a few megabytes, in memory. Only root can make one."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=True)  # noqa: S603, S607
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)  # noqa: S603, S607
