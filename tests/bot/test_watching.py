"""Changes in the folders, as real file systems have them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.reload_records import Origin
from bot.reloading import Reloader
from bot.watching import Pauses, watch
from retrieval import Outcome
from tests.builders import write_corpus

PAUSES = Pauses(calm=0.2, look=0.4, away=0.3, poll=0.1)


class Counting(Reloader):
    """Counts instead of reloading."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = asyncio.Event()

    async def up_to_date(self, origin: Origin) -> Outcome | None:
        """One more."""
        assert origin is Origin.FOLDER
        self.count += 1
        self._changed.set()
        return None

    async def reached(self, count: int) -> None:
        """Waits until so many were counted."""
        while self.count < count:
            self._changed.clear()
            await self._changed.wait()


@asynccontextmanager
async def watched(*folders: Path) -> AsyncIterator[Counting]:
    """What counts the changes in folders."""
    counting = Counting()
    task = asyncio.create_task(watch(counting, folders, PAUSES))
    await asyncio.sleep(0.5)
    yield counting
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def reached(counting: Counting, count: int, seconds: float = 20) -> None:
    """Waits until so many changes were counted, and a moment longer for one too many."""
    await asyncio.wait_for(counting.reached(count), seconds)
    await asyncio.sleep(0.7)
    assert counting.count == count


async def test_a_burst_of_changes_counts_once(tmp_path: Path) -> None:
    """When it has become calm."""
    folder = write_corpus(tmp_path / "articles", {"a.txt": "a"})
    async with watched(folder) as counting:
        for number in range(8):
            write_corpus(folder, {f"{number}.txt": "b", "deep/c.txt": str(number)})
            await asyncio.sleep(0.05)
        await reached(counting, 1)
        (folder / "a.txt").unlink()
        await reached(counting, 2)


async def test_what_is_hidden_does_not_count(tmp_path: Path) -> None:
    """Editors and writers of whole files make such names."""
    folder = write_corpus(tmp_path / ".data" / "articles", {"a.txt": "a"})
    async with watched(folder) as counting:
        write_corpus(folder, {".a.txt.swp": "b", ".git/index": "c"})
        await asyncio.sleep(1)
        assert counting.count == 0
        write_corpus(folder, {"b.txt": "b"})
        await reached(counting, 1)


async def test_every_folder_counts(tmp_path: Path) -> None:
    """Also where there are several."""
    first, second = (write_corpus(tmp_path / name, {"a.txt": "a"}) for name in ("first", "second"))
    async with watched(first, second) as counting:
        write_corpus(second, {"b.txt": "b"})
        await reached(counting, 1)


async def test_a_folder_that_comes_counts(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """That it is missing is said once; from then on its changes count."""
    there, folder = write_corpus(tmp_path / "there", {"a.txt": "a"}), tmp_path / "articles"
    async with watched(there, folder) as counting:
        await asyncio.sleep(1)
        write_corpus(folder, {"a.txt": "a"})
        await reached(counting, 1)
        write_corpus(folder, {"b.txt": "b"})
        await reached(counting, 2)
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [record.getMessage().partition(";")[0] for record in warnings] == [f"cannot watch {folder}: no such folder"]


async def test_another_folder_of_the_same_name_is_watched(tmp_path: Path) -> None:
    """As when a new one is moved into the place of the old."""
    folder = write_corpus(tmp_path / "articles", {"a.txt": "a"})
    other = write_corpus(tmp_path / "other", {"b.txt": "b"})
    async with watched(folder) as counting:
        folder.rename(tmp_path / "old")
        other.rename(folder)
        await asyncio.wait_for(counting.reached(1), 20)
        await asyncio.sleep(1)
        before = counting.count
        write_corpus(folder, {"c.txt": "c"})
        await reached(counting, before + 1)


async def test_folders_that_the_system_cannot_watch_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on some network disks."""
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    folder = write_corpus(tmp_path / "articles", {"a.txt": "a"})
    async with watched(folder) as counting:
        write_corpus(folder, {"b.txt": "b"})
        await reached(counting, 1)
