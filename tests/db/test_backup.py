"""A copy is whole, of one moment, and can take the place of the file that it was made of."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from db import Arrival, Backup, Closing, Inbox, LogError, QueryLog, back_up
from tests.db.test_query_log import asked


def contents(path: Path) -> tuple[int, int, int, int]:
    """Questions, passages, updates that are closed, and those that are open."""
    connection = sqlite3.connect(path)
    counts = [
        connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]  # noqa: S608
        for what in ("question", "shown_passage", "inbox WHERE closed_at IS NOT NULL", "inbox WHERE closed_at IS NULL")
    ]
    connection.close()
    return counts[0], counts[1], counts[2], counts[3]


def besides(folder: Path, *known: str) -> list[str]:
    """What lies in a folder and begins otherwise."""
    return [path.name for path in folder.iterdir() if not path.name.startswith(known)]


async def test_a_copy_made_under_load_is_of_one_moment(tmp_path: Path) -> None:
    """Whole transactions, all that was written before it began; nobody who writes fails or waits for it."""
    url = f"sqlite:///{tmp_path}/log.db"
    stopping = asyncio.Event()
    async with QueryLog(url) as log:
        inbox = Inbox(log.database, "elsewhere:0:1:a")

        async def ask() -> int:
            number = 0
            while not stopping.is_set():
                arrivals = [Arrival(number + each, "{}", str(each)) for each in range(10)]
                updates = await inbox.store(arrivals)
                closings = [Closing(each.id, "answered", question=asked("x" * 2000)) for each in updates]
                assert all(await asyncio.gather(*map(inbox.close_update, closings)))
                number += 10
            return number

        asking = asyncio.create_task(ask())
        copies: list[tuple[int, Backup]] = []
        for turn in range(6):
            await asyncio.sleep(0.1)
            before = await log.count()
            copies.append((before, await asyncio.to_thread(back_up, url, tmp_path / f"copy{turn}.db")))
        stopping.set()
        written = await asking
    for turn, (before, made) in enumerate(copies):
        questions, passages, closed, waiting = contents(tmp_path / f"copy{turn}.db")
        assert before <= questions == closed <= written
        assert passages == 2 * questions
        assert (made.questions, made.waiting) == (questions, waiting)
    assert besides(tmp_path, "copy", "log.db") == []


async def test_a_copy_takes_the_place_of_the_file(tmp_path: Path) -> None:
    """As the README says: everything of before is there, what was open is taken over, and writing goes on."""
    url, path, copy = f"sqlite:///{tmp_path}/log.db", tmp_path / "log.db", tmp_path / "copy.db"
    async with QueryLog(url) as log:
        await log.add(asked("before"))
        await Inbox(log.database, "elsewhere:0:1:a").store([Arrival(1, "{}")])
        await Inbox(log.database, "elsewhere:0:1:a").release([1])
        assert back_up(url, copy) == Backup(copy.stat().st_size, 1, 1)
        await log.add(asked("lost"))
    for each in tmp_path.glob("log.db*"):  # noqa: ASYNC240 - three files
        each.unlink()
    copy.rename(path)
    async with QueryLog(url) as log:
        assert [question.text for question in await log.latest()] == ["before"]
        assert [each.update_id for each in await Inbox(log.database, "b").take_over()] == [1]
        assert await log.add(asked("after")) == 2
        other = sqlite3.connect(path)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.close()


async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Not even a link that leads nowhere."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url) as log:
        await log.add(asked())
    (tmp_path / "notes").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("notes", "link", "log.db"):
        with pytest.raises(LogError, match="is there already, and a backup overwrites nothing"):
            back_up(url, tmp_path / name)
    assert (tmp_path / "notes").read_text() == "mine"


async def test_a_copy_is_as_private_as_the_original(tmp_path: Path) -> None:
    """It holds what people asked."""
    url = f"sqlite:///{tmp_path}/log.db"
    async with QueryLog(url) as log:
        await log.add(asked())
    (tmp_path / "log.db").chmod(0o640)
    back_up(url, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o640


async def test_a_copy_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    """And says which file, and why."""
    url = f"sqlite:///{tmp_path}/log.db"
    with pytest.raises(LogError, match=r"there is no query log at .*log\.db"):
        back_up(url, tmp_path / "copy.db")
    async with QueryLog(url) as log:
        await asyncio.gather(*(log.add(asked("x" * 3000)) for _ in range(50)))
    with pytest.raises(LogError, match=r"cannot be copied to .*nowhere/copy\.db: No such file or directory"):
        back_up(url, tmp_path / "nowhere" / "copy.db")
    path = tmp_path / "log.db"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
    with pytest.raises(LogError, match="is damaged"):
        back_up(url, tmp_path / "copy.db")
    path.write_bytes(b"these are my notes " * 100)
    with pytest.raises(LogError, match="file is not a database"):
        back_up(url, tmp_path / "copy.db")
    path.unlink()
    sqlite3.connect(path).execute("CREATE TABLE recipes (name TEXT)").connection.close()
    with pytest.raises(LogError, match="holds no query log"):
        back_up(url, tmp_path / "copy.db")
    assert besides(tmp_path, "log.db") == []
