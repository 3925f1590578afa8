"""The dead are told from the living: at once on this host, by their silence elsewhere."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db import Arrival, Database, Inbox, QueryLog, worker_name
from db.workers import LEASE_SECONDS, Workers
from tests.builders import SEEDS

STORE_AND_DIE = """
import asyncio, os, signal, sys
from db import Arrival, Database, Inbox, worker_name

async def main():
    inbox = Inbox(Database(sys.argv[1]), worker_name())
    await inbox.store([Arrival(number, "{}", "chat") for number in range(3)])
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
UPDATES = 240
ANSWER_ALL = f"""
import asyncio, sys
from db import Arrival, Closing, Inbox, QueryLog, worker_name
from tests.db.test_query_log import asked

async def answer(inbox, update):
    question = asked(str(update.update_id), channel=update.lane)
    await inbox.close_update(Closing(update.id, "answered", question=question))

async def main():
    async with QueryLog(sys.argv[1]) as log:
        inbox = Inbox(log.database, worker_name())
        for first in [*range(0, {UPDATES}, 10), *[{UPDATES}] * 8]:
            got = await inbox.take_over()
            new = [Arrival(number, "{{}}", str(number % 5)) for number in range(first, min(first + 15, {UPDATES}))]
            for update in [*got, *await inbox.store(new)]:
                await answer(inbox, update)

asyncio.run(main())
"""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """In a file of its own."""
    async with Database(f"sqlite:///{tmp_path}/log.db") as database:
        yield database


class Clock:
    """Seconds that pass when they are told to."""

    now = 100.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


async def test_one_that_is_silent_for_a_lease_is_dead(database: Database) -> None:
    """By the clock of the one who watches, from when it first looked."""
    clock = Clock()
    watching = Inbox(database, "here:0:1:a", Workers("here:0:1:a", clock))
    other = Inbox(database, "elsewhere:0:1:b")
    await other.store([Arrival(1, "{}")])
    assert await watching.take_over() == []
    for _ in range(3):
        clock.now += LEASE_SECONDS - 1
        assert await watching.take_over() == []
        await other.take_over()
    assert await watching.take_over() == []
    clock.now += LEASE_SECONDS
    [update] = await watching.take_over()
    assert update.update_id == 1
    assert await other.take_over() == []
    assert await other.begin(update.id) == 0


async def test_one_that_was_killed_on_this_host_is_dead_at_once(tmp_path: Path) -> None:
    """The next start answers without delay, in order."""
    url = f"sqlite:///{tmp_path}/log.db"
    died = await asyncio.create_subprocess_exec(sys.executable, "-c", STORE_AND_DIE, url, cwd=SEEDS.parent)
    async with asyncio.timeout(60):
        assert await died.wait() == -signal.SIGKILL
    async with Database(url) as database:
        taken = await Inbox(database, worker_name()).take_over()
    assert [each.update_id for each in taken] == [0, 1, 2]


async def test_one_before_us_with_our_process_id_is_dead(database: Database) -> None:
    """In a container every start has the same one."""
    host, space, pid, _ = worker_name().rsplit(":", 3)
    assert pid == str(os.getpid())
    before = Inbox(database, f"{host}:{space}:{pid}:before")
    await before.store([Arrival(1, "{}")])
    assert len(await Inbox(database, worker_name()).take_over()) == 1


@pytest.mark.parametrize("change", ["host", "space", "pid"])
async def test_one_that_runs_or_may_run_elsewhere_lives(database: Database, change: str) -> None:
    """A process id says nothing of another host or container; our parent runs."""
    host, space, pid, token = worker_name().rsplit(":", 3)
    other = {
        "host": f"x{host}:{space}:{pid}:{token}",
        "space": f"{host}:1{space}:{pid}:{token}",
        "pid": f"{host}:{space}:{os.getppid()}:{token}",
    }[change]
    await Inbox(database, other).store([Arrival(1, "{}")])
    assert await Inbox(database, worker_name()).take_over() == []


def test_no_two_names_are_the_same() -> None:
    """Not even of one process."""
    assert len({worker_name() for _ in range(100)}) == 100


def test_two_programs_on_one_file_answer_everything_once_whenever_they_are_killed(tmp_path: Path) -> None:
    """Both are handed all updates; each is logged once, and lanes keep their order."""
    url = f"sqlite:///{tmp_path}/log.db"

    async def made() -> None:
        async with QueryLog(url) as log:
            await log.count()

    asyncio.run(made())
    chance = random.Random(5)  # noqa: S311 - moments, no secrets
    command = [sys.executable, "-c", ANSWER_ALL, url]
    for _ in range(4):
        programs = [subprocess.Popen(command, cwd=SEEDS.parent) for _ in range(2)]  # noqa: S603
        for program in programs:
            try:
                program.wait(timeout=chance.uniform(0.8, 2.0))
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait(timeout=10)
    programs = [subprocess.Popen(command, cwd=SEEDS.parent) for _ in range(2)]  # noqa: S603
    assert [program.wait(timeout=60) for program in programs] == [0, 0]
    connection = sqlite3.connect(tmp_path / "log.db")
    logged = [(lane, int(text)) for lane, text in connection.execute("SELECT channel, text FROM question ORDER BY id")]
    assert connection.execute("SELECT count(*) FROM inbox WHERE closed_at IS NULL").fetchone() == (0,)
    connection.close()
    assert sorted(number for _, number in logged) == list(range(UPDATES))
    for lane in "01234":
        in_lane = [number for each, number in logged if each == lane]
        assert in_lane == sorted(in_lane)
