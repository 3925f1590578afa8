"""What can go wrong below the bot: its disk, its database, its articles, the clock."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Final

from tests.bench.faults.clock import CAN_TURN, WallClock
from tests.bench.faults.plays import Play
from tests.bench.faults.stage import Stage
from tests.builders import SEEDS

_DAY: Final = 24 * 60 * 60.0
_ROOT: Final = None if os.geteuid() == 0 else "root, to make a small disk"
_CLOCK: Final = None if CAN_TURN else "libfaketime (Debian's package of that name)"
_NEWS: Final = "The news\n\nThe ferry is back.\n"
_NOT_LOGGED: Final = "NOT logged"


@asynccontextmanager
async def trouble(stage: Stage, *, log: bool = False) -> AsyncIterator[None]:
    """People ask before, meanwhile and afterwards, and are answered each time.

    Args:
        stage: with a bot that runs.
        log: whether it is the log that cannot be used: /status must say so, and say when it can be again.
    """
    await stage.ask()
    assert await stage.all_answered(), "not answered before"
    yield
    await stage.ask()
    assert await stage.all_answered(), "not answered meanwhile"
    if log:
        await until_status(stage, lambda said: _NOT_LOGGED in said)


async def well_again(stage: Stage) -> None:
    """Everything is as it should be: people are answered, and logged."""
    await stage.ask()
    assert await stage.all_answered(), "not answered afterwards"
    await until_status(stage, lambda said: _NOT_LOGGED not in said)


async def until_status(stage: Stage, holds: Callable[[str], bool]) -> None:
    """Ask for /status until it is so."""
    async with asyncio.timeout(60):
        while not holds(await stage.status()):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.5)


async def disk_full(stage: Stage) -> None:
    """The disk with the database has no room left."""
    filler = stage.lives.database.with_name("filler")
    async with trouble(stage, log=True):
        with filler.open("wb") as file:
            fill(file.fileno())
    filler.unlink()
    await well_again(stage)


def fill(file: int) -> None:
    """Write until there is no room."""
    for size in (1 << 16, 1):
        try:
            while True:
                os.write(file, b"x" * size)
        except OSError:
            continue


async def read_only(stage: Stage) -> None:
    """The disk with the database can be read only."""
    disk = stage.lives.database.parent
    await stage.end()
    remount(disk, "ro")
    await stage.start()
    async with trouble(stage, log=True):
        pass
    remount(disk, "rw")
    await well_again(stage)


def remount(disk: Path, mode: str) -> None:
    """Let a disk be written, or not."""
    subprocess.run(["mount", "-o", f"remount,{mode}", disk], check=True)  # noqa: S603, S607


async def locked(stage: Stage) -> None:
    """Another program holds the database for longer than anybody waits."""
    with closing(sqlite3.connect(stage.lives.database, isolation_level=None)) as other:
        async with trouble(stage, log=True):
            other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")
    await well_again(stage)


async def corrupt(stage: Stage) -> None:
    """The database is written over; later the operator moves it away."""
    async with trouble(stage, log=True):
        spoil(stage.lives.database)
        spoil(stage.lives.database.with_name(stage.lives.database.name + "-wal"))
    move_away(stage.lives.database)
    await well_again(stage)


async def corrupt_at_start(stage: Stage) -> None:
    """The same, before the bot is started again."""
    await stage.end()
    spoil(stage.lives.database)
    await stage.start()
    async with trouble(stage, log=True):
        pass
    move_away(stage.lives.database)
    await well_again(stage)


async def newer(stage: Stage) -> None:
    """The database is of a newer version of the program."""
    await stage.end()
    change(stage.lives.database, "UPDATE alembic_version SET version_num = '9999'")
    await stage.start()
    async with trouble(stage, log=True):
        pass
    move_away(stage.lives.database)
    await well_again(stage)


async def deleted(stage: Stage) -> None:
    """The database is moved away while it is in use: another is begun."""
    async with trouble(stage):
        move_away(stage.lives.database)
    await well_again(stage)


def spoil(file: Path) -> None:
    """Write over a file, as long as it is."""
    with file.open("r+b") as stream:
        stream.write(b"\xa5" * file.stat().st_size)


def move_away(database: Path) -> None:
    """Move a database and what belongs to it elsewhere."""
    for end in ("", "-wal", "-shm"):
        file = database.with_name(database.name + end)
        if file.exists():
            file.rename(database.with_name(f"away{end}"))


def change(database: Path, statement: str) -> None:
    """Run a statement on a database."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()


async def clock(stage: Stage) -> None:
    """The clock of the wall jumps a day ahead, and then to a day behind."""
    wall = WallClock(stage.folder)
    for ahead in (_DAY, -_DAY, 0):
        async with trouble(stage):
            wall.set_ahead(ahead)
            await asyncio.sleep(2)


def own_articles(folder: Path) -> dict[str, str]:
    """A copy of the articles that may be spoiled."""
    return {"CORPUS": str(shutil.copytree(SEEDS, folder / "articles"))}


def own_disk_index(folder: Path) -> dict[str, str]:
    """The same, with an index on disk."""
    return {**own_articles(folder), "INDEX": "disk"}


async def articles_gone(stage: Stage) -> None:
    """The folder with the articles goes away, and comes back."""
    folder = stage.folder / "articles"
    async with trouble(stage):
        folder.rename(folder.with_name("away"))
        await stage.until_said("no such folder", 60)
    folder.with_name("away").rename(folder)
    await well_again(stage)


async def articles_gone_at_start(stage: Stage) -> None:
    """The folder is not there when the bot starts again; what served before goes on to serve."""
    folder = stage.folder / "articles"
    await stage.end()
    folder.rename(folder.with_name("away"))
    await stage.start()
    async with trouble(stage):
        pass
    folder.with_name("away").rename(folder)
    await well_again(stage)


def versions(how: Callable[[Path], None], *, meanwhile: bool) -> Callable[[Stage], Awaitable[None]]:
    """Something befalls the folder in which the loaded versions are kept, while the bot serves or before it starts."""

    async def act(stage: Stage) -> None:
        data = stage.folder / "corpus"
        if not meanwhile:
            await stage.end()
            how(data)
            await stage.start()
        async with trouble(stage):
            if meanwhile:
                how(data)
                (stage.folder / "articles" / "news.txt").write_text(
                    "The news\n\nThe ferry is back.\n", encoding="utf-8"
                )
                await asyncio.sleep(4)
        await well_again(stage)

    return act


async def versions_spoilt(stage: Stage) -> None:
    """Everything in it is written over before the bot starts: it says so and ends; the operator moves it away."""
    data = stage.folder / "corpus"
    await stage.end()
    for file in files_in(data):
        spoil(file)
    await stage.start(wait=False)
    await stage.ask()
    assert await stage.end(None) != 0
    data.rename(stage.folder / "away")
    await stage.start()
    await well_again(stage)


def spoil_index(folder: Path) -> None:
    """Write over what an index on disk is made of, and leave what says which articles there are."""
    spoilt = [file for file in files_in(folder) if ".mdb" not in file.name]
    for file in spoilt:
        spoil(file)
    assert spoilt, "no index on disk"


def files_in(folder: Path) -> list[Path]:
    """The files in a folder and below, those of no length left out."""
    return [file for file in folder.rglob("*") if file.is_file() and file.stat().st_size]


def remove_all(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    shutil.rmtree(folder)


LOCAL_PLAYS: Final = (
    Play("disk full", disk_full, "full|space", needs=_ROOT, small_disk=True, quick=False),
    Play(
        "database can be read only",
        read_only,
        "read-only|readonly|unable to open",
        needs=_ROOT,
        small_disk=True,
        quick=False,
    ),
    Play("database locked by another program", locked, "locked", quick=False),
    Play("database written over while in use", corrupt, unlogged=True, quick=False),
    Play("database written over before the start", corrupt_at_start, "not logged", unlogged=True),
    Play("database of a newer version", newer, "not logged", unlogged=True),
    Play("database moved away while in use", deleted, unlogged=True),
    Play(
        "clock a day ahead, then a day behind",
        clock,
        settings=lambda folder: WallClock(folder).settings(),
        needs=_CLOCK,
        quick=False,
    ),
    Play("folder of the articles gone", articles_gone, "no such folder", own_articles, quick=False),
    Play("folder of the articles gone at the start", articles_gone_at_start, settings=own_articles),
    Play("kept versions written over before the start", versions_spoilt, "move the folder away", own_articles),
    Play(
        "kept versions removed before the start",
        versions(remove_all, meanwhile=False),
        settings=own_articles,
        quick=False,
    ),
    Play(
        "kept versions removed while serving", versions(remove_all, meanwhile=True), settings=own_articles, quick=False
    ),
    Play("disk index written over before the start", versions(spoil_index, meanwhile=False), settings=own_disk_index),
    Play("disk index written over while serving", versions(spoil_index, meanwhile=True), settings=own_disk_index),
    Play(
        "disk index removed while serving", versions(remove_all, meanwhile=True), settings=own_disk_index, quick=False
    ),
)
