"""Reloads as front ends ask for them."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.answering import AnswerService
from bot.reload_records import Origin
from bot.reloading import Reloader
from bot.tracking import Progress, as_track
from db import LogError, LoggedReload, QueryLog, ReloadLog
from retrieval import Band, BusyError, CorpusError, CorpusStore, Gates, Report, Retriever, Source, Track
from tests.builders import write_corpus

ROAD = "The mountain road was opened by the army on Sunday. " * 3
BRIDGE = "The old bridge was painted green by volunteers. " * 3


class SlowGates(Gates):
    """Let everything through, when they are told to."""

    free = threading.Event()

    def failures(
        self,
        report: Report,
        current: Retriever | None,  # noqa: ARG002 - as in the parent
        staged: Retriever,  # noqa: ARG002
        judged: Sequence[object],  # noqa: ARG002
        track: Track | None = None,
    ) -> tuple[str, ...]:
        """None, in the end; says now and then that it goes on."""
        while not self.free.wait(0.05) and report.before:
            if track:
                track("asking", 1, 2)
        return ()


def store_of(folder: Path) -> CorpusStore:
    """The store of the articles in a folder's own folder."""
    return CorpusStore(folder / "store", [Source(folder / "articles")])


@asynccontextmanager
async def opened(folder: Path, gates: Gates | None = None, log: ReloadLog | None = None) -> AsyncIterator[Reloader]:
    """A reloader, and a service that it serves."""
    async with QueryLog(f"sqlite:///{folder}/log.db") as questions:
        reloader = Reloader(store_of(folder), gates or Gates(), log or ReloadLog(questions.database), patience=1)
        try:
            async with AnswerService(await reloader.begin(Origin.START), questions, b"key" * 8) as service:
                reloader.serve(service)
                yield reloader
        finally:
            await reloader.close()


async def results(folder: Path) -> list[tuple[str, str]]:
    """Origin and result of what was logged, oldest first."""
    async with QueryLog(f"sqlite:///{folder}/log.db") as questions:
        found = await ReloadLog(questions.database).latest()
    return [(entry.channel, entry.result) for entry in reversed(found)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a folder with one article."""
    write_corpus(tmp_path / "articles", {"road.txt": ROAD})
    return tmp_path


async def test_a_reload_changes_what_is_answered(folder: Path) -> None:
    """From then on; a question that is being answered keeps what it began with."""
    async with opened(folder) as reloader:
        before = reloader.retriever
        assert before is not None
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        outcome = await reloader.reload(None, Origin.CLI)
        assert (outcome.applied, outcome.report.added) == (True, ("bridge.txt",))
        assert reloader.retriever is not None
        assert reloader.retriever.answer("Who painted the bridge?").band is Band.FOUND
        assert before.answer("Who painted the bridge?").band is not Band.FOUND
    assert await results(folder) == [("start", "applied"), ("cli", "applied")]


async def test_a_second_program_is_served_at_once_and_brings_nothing_up_to_date(folder: Path) -> None:
    """What was loaded before is there."""
    async with opened(folder) as first:
        assert first.is_new
    write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
    async with opened(folder) as second:
        assert not second.is_new
        assert second.retriever is not None
        assert second.retriever.catalog.article_count == 1
        outcome = await second.up_to_date(Origin.START)
        assert outcome is not None
        assert outcome.applied
        assert second.retriever.catalog.article_count == 2


async def test_an_automatic_reload_that_changes_nothing_is_not_logged(folder: Path) -> None:
    """One that was asked for is."""
    async with opened(folder) as reloader:
        await reloader.up_to_date(Origin.FOLDER)
        await reloader.reload("hash", Origin.TELEGRAM)
    assert await results(folder) == [("start", "applied"), ("telegram", "unchanged")]


class BrokenLog(ReloadLog):
    """Cannot be written."""

    def __init__(self) -> None:
        pass

    async def add(self, reload: LoggedReload) -> int:
        """Not."""
        raise LogError(f"no place for {reload.channel}")


async def test_a_log_that_fails_costs_nobody_the_reload(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is said."""
    async with opened(folder, log=BrokenLog()) as reloader:
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        assert (await reloader.reload(None, Origin.CLI)).applied
    assert "a reload was not logged: no place for cli" in caplog.text


async def asking(reloader: Reloader) -> None:
    """Waits until a reload is at its gates, which are slow."""
    async with asyncio.timeout(20):
        while reloader.progress != Progress("asking", 1, 2):  # noqa: ASYNC110 - of another thread
            await asyncio.sleep(0.01)


async def test_others_are_told_of_the_one_that_runs(folder: Path) -> None:
    """With what it is at; questions are answered meanwhile, and who waits has their turn."""
    SlowGates.free.set()
    async with opened(folder, SlowGates()) as reloader:
        SlowGates.free.clear()
        seen: list[Progress] = []
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        running = asyncio.create_task(reloader.reload(None, Origin.CLI, progress=seen.append))
        await asking(reloader)
        with pytest.raises(BusyError, match=r"running already \(asking, 1 of 2\)"):
            await reloader.reload(None, Origin.CLI)
        with pytest.raises(BusyError, match="running already"):
            await reloader.roll_back(None, Origin.CLI)
        status = await reloader.status()
        assert status.progress == Progress("asking", 1, 2)
        waiting = asyncio.create_task(reloader.reload(None, Origin.CLI, patient=True))
        SlowGates.free.set()
        assert (await running).applied
        assert not (await waiting).applied
        assert Progress("asking", 1, 2) in seen


async def test_a_reload_that_is_cancelled_changes_nothing(folder: Path) -> None:
    """And is gone soon; the next one works."""
    SlowGates.free.set()
    async with opened(folder, SlowGates()) as reloader:
        SlowGates.free.clear()
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        running = asyncio.create_task(reloader.reload(None, Origin.CLI))
        await asking(reloader)
        running.cancel()
        async with asyncio.timeout(10):
            with pytest.raises(asyncio.CancelledError):
                await running
        SlowGates.free.set()
        assert reloader.retriever is not None
        assert reloader.retriever.catalog.article_count == 1
        assert (await reloader.reload(None, Origin.CLI)).applied


async def test_what_another_program_loads_is_noticed(folder: Path) -> None:
    """In a second or two."""
    async with opened(folder) as reloader, opened(folder) as other:
        following = asyncio.create_task(reloader.follow())
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        await other.reload(None, Origin.CLI)
        async with asyncio.timeout(20):
            while reloader.retriever is None or reloader.retriever.catalog.article_count == 1:  # noqa: ASYNC110 - of another thread
                await asyncio.sleep(0.1)
        await other.roll_back(None, Origin.CLI)
        async with asyncio.timeout(20):
            while reloader.retriever.catalog.article_count == 2:  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.1)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_what_was_rolled_back_from_stays_away(folder: Path) -> None:
    """Until somebody asks for it."""
    async with opened(folder) as reloader:
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        await reloader.reload(None, Origin.CLI)
        report = await reloader.roll_back("hash", Origin.TELEGRAM)
        assert reloader.retriever is not None
        assert reloader.retriever.catalog.version == report.after
        assert (await reloader.status()).refused == report.before
        outcome = await reloader.up_to_date(Origin.FOLDER)
        assert outcome is not None
        assert not outcome.applied
        assert (await reloader.reload(None, Origin.CLI)).applied


async def test_the_status_tells_of_the_last_reloads(folder: Path) -> None:
    """And since when the version serves."""
    async with opened(folder) as reloader:
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        await reloader.reload("hash", Origin.TELEGRAM)
        status = await reloader.status()
        assert isinstance(status.latest, tuple)
        assert [entry.by for entry in status.latest] == ["hash", None]
        assert status.since is not None
        assert status.previous == status.latest[0].version_before


async def test_only_what_a_gate_holds_anew_is_told(folder: Path) -> None:
    """Once, however often the folder changes."""
    told: list[str] = []
    async with opened(folder, Gates(0)) as reloader:
        write_corpus(folder / "articles", {"bridge.txt": BRIDGE})
        await reloader.up_to_date(Origin.FOLDER)

        async def tell(outcome: object) -> None:
            told.append(repr(outcome))

        reloader.on_held = tell
        (folder / "articles" / "road.txt").unlink()
        for _ in range(2):
            await reloader.up_to_date(Origin.FOLDER)
    assert len(told) == 1
    assert await results(folder) == [("start", "applied"), ("folder", "applied"), *[("folder", "held")] * 2]


async def test_nothing_to_quote_is_an_error_at_the_beginning(tmp_path: Path) -> None:
    """And none that is kept from the log."""
    (tmp_path / "articles").mkdir()
    with pytest.raises(CorpusError, match="nothing to quote"):
        async with opened(tmp_path):
            pass
    assert await results(tmp_path) == [("start", "failed")]


async def test_two_that_begin_together_both_serve(folder: Path) -> None:
    """One loads, the other waits for it."""

    async def answered() -> Band:
        async with opened(folder) as reloader:
            assert reloader.retriever is not None
            return reloader.retriever.answer("Who opened the road?").band

    assert set(await asyncio.gather(answered(), answered())) == {Band.FOUND}


def test_a_track_is_what_a_reload_calls() -> None:
    """As the store knows it."""
    seen: list[Progress] = []
    track: Track | None = as_track(seen.append)
    assert track is not None
    track("reading", 3, 5)
    assert [str(progress) for progress in seen] == ["reading, 3 of 5"]
    assert str(Progress("reading", 3, 0)) == "reading"
