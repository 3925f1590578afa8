"""What does a process hold, and does it grow?"""

import asyncio
import json
import re
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tests.e2e.running import Program

_UNIT: Final = 10_000  # updates
_WARM_UP: Final = 0.2  # of the run
_ANSWER_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the bot.

    Attributes:
        updates: handled until then.
        seconds: since the start.
        private_kb: memory that is the process's own; `resident_kb` with the pages of files that it has mapped.
        files: open file descriptors, connections among them.
        database_kb: the database with its write-ahead log.
    """

    updates: int
    seconds: float
    private_kb: int
    resident_kb: int
    threads: int
    files: int
    sockets: int
    tasks: int
    objects: int
    database_kb: int


FIGURES: Final[dict[str, Callable[[Sample], float]]] = {
    "memory of its own, KB": lambda of: of.private_kb,
    "resident memory, KB": lambda of: of.resident_kb,
    "Python objects": lambda of: of.objects,
    "tasks": lambda of: of.tasks,
    "threads": lambda of: of.threads,
    "open files": lambda of: of.files,
    "sockets among them": lambda of: of.sockets,
    "database, KB": lambda of: of.database_kb,
}


async def look(program: Program, watched: Path, database: Path, updates: int, seconds: float) -> Sample:
    """Take a sample of a process of `tests.bench.faults.watched`.

    Raises:
        TimeoutError: it did not answer.
    """
    process = Path(f"/proc/{program.pid}")
    before = _lines(watched)
    program.signal(signal.SIGUSR1)
    async with asyncio.timeout(_ANSWER_SECONDS):
        while len(_lines(watched)) == len(before):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)
    inside = json.loads(_lines(watched)[-1])
    status = dict(re.findall(r"^(\w+):\s+(\d+)", (process / "status").read_text(), re.MULTILINE))
    links = [_target(link) for link in (process / "fd").iterdir()]
    files = [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))]
    return Sample(
        updates=updates,
        seconds=seconds,
        private_kb=int(status["RssAnon"]),
        resident_kb=int(status["VmRSS"]),
        threads=int(status["Threads"]),
        files=len(links),
        sockets=sum(link.startswith("socket:") for link in links),
        tasks=inside["tasks"],
        objects=inside["objects"],
        database_kb=sum(file.stat().st_size for file in files if file.exists()) // 1024,
    )


def slope(samples: Sequence[Sample], figure: Callable[[Sample], float]) -> float:
    """How much a figure grows with ten thousand updates, by least squares, without the first fifth of the run."""
    warm = [sample for sample in samples if sample.updates >= samples[-1].updates * _WARM_UP]
    fitted = np.polyfit([sample.updates / _UNIT for sample in warm], [figure(sample) for sample in warm], 1)
    return float(fitted[0])


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:  # closed meanwhile
        return ""
