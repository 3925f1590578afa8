"""Who may change what is quoted, and when: one reload at a time, outside of the event loop.

A question never waits for a reload: it is answered by the retriever that serves, and the new one takes its place in
one assignment.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.added_files import settle, waiting
from bot.answering import AnswerService
from bot.reload_records import Origin, Status, entry_of_reload, entry_of_rollback, result_of
from bot.reload_wording import GATE_WAY_OUT, headline
from bot.tracking import Progress, Tell, Tracking, in_thread_of_its_own
from db import LogError, LoggedReload, ReloadLog
from retrieval import BusyError, CorpusError, CorpusStore, Gates, Outcome, Report, Retriever
from retrieval import reload as reload_store

_logger: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 1.0
_BUSY_SECONDS: Final = 1.0
_LATEST: Final = 5
T = TypeVar("T")


class Reloader:
    """The store of versions as front ends use it. An async context manager, which closes it.

    Args:
        store: of the versions.
        gates: what a new version must pass.
        log: where every reload is written.
        patience: seconds that an end waits for a reload that is under way, before it is given up; a reload that is
            given up changes nothing.
        added: the folder with what admins added; what of it serves is not taken back any more.

    Attributes:
        is_new: whether what serves was loaded when this program began, so that there is no need to do it again.
        on_reload: is told of the end of every reload that is logged.
        on_held: is told of a version that nobody asked for and that a gate holds, once of each.
    """

    def __init__(
        self, store: CorpusStore, gates: Gates, log: ReloadLog, patience: float = 10, added: Path | None = None
    ) -> None:
        self._store = store
        self._added = added
        self._gates = gates
        self._log = log
        self._patience = patience
        self._turn = asyncio.Lock()
        self._tracking: Tracking | None = None
        self._service: AnswerService | None = None
        self._opened: str | None = None
        self.is_new = False
        self.on_reload: Callable[[LoggedReload], object] = lambda _: None
        self.on_held: Callable[[Outcome], Awaitable[None]] | None = None
        self._told: str | None = None
        self._left_behind: asyncio.Future[Any] | None = None

    async def begin(self, origin: Origin, progress: Tell | None = None) -> Retriever:
        """The retriever of the version that serves; where nothing was ever loaded, the articles are loaded first.

        Raises:
            CorpusError: there is nothing to quote, or it does not pass the gates.
        """
        waiting = False
        while (retriever := await self._open()) is None:
            try:
                outcome = await self.reload(None, origin, progress=progress)
            except BusyError as error:
                _logger.log(logging.DEBUG if waiting else logging.WARNING, "waiting for the first version: %s", error)
                waiting = True
                await asyncio.sleep(_BUSY_SECONDS)
                continue
            if not outcome.applied and outcome.failures:
                raise CorpusError(f"{headline(outcome)} {' '.join(outcome.failures)} {GATE_WAY_OUT}")
            self.is_new = True
        return retriever

    def serve(self, service: AnswerService) -> None:
        """From now on this service answers from the version that serves."""
        self._service = service

    @property
    def progress(self) -> Progress | None:
        """How far the reload is that runs in this program; None if none does."""
        return None if self._tracking is None else self._tracking.progress

    @property
    def retriever(self) -> Retriever | None:
        """Of the version that serves here; None before there is a service."""
        return None if self._service is None else self._service.retriever

    async def reload(
        self,
        by: str | None,
        origin: Origin,
        *,
        accept: str | None = None,
        automatic: bool = False,
        patient: bool = False,
        progress: Tell | None = None,
    ) -> Outcome:
        """Load what the sources hold now, and let it serve if it passes the gates.

        Args:
            by: keyed hash of who asks for it, None if nobody does or nobody is known.
            origin: where it was asked for.
            accept: the staged version that may serve although it does not pass the gates.
            automatic: whether nobody asked for it: then a version that was rolled back from stays away.
            patient: wait for a reload that runs, here or in another program, rather than be refused.
            progress: is told now and then how far it is, in the event loop.

        Raises:
            CorpusError: nothing has changed; the message says why.
            BusyError: another reload is running.
        """
        while True:
            self._refuse_if_busy(patient=patient)
            try:
                async with self._turn:
                    return await self._reload(by, origin, accept, automatic, progress)
            except BusyError:
                if not patient:
                    raise
                await asyncio.sleep(_BUSY_SECONDS)

    async def up_to_date(self, origin: Origin) -> Outcome | None:
        """An automatic reload, once those that run are done. What comes of it is logged; it never fails."""
        try:
            outcome = await self.reload(None, origin, automatic=True, patient=True)
            version = outcome.report.after
            if self.on_held and result_of(outcome) == "held" and version not in (self._told, self._store.refused):
                self._told = version
                await self.on_held(outcome)
        except CorpusError as error:
            _logger.error("the articles were not reloaded: %s", error)  # noqa: TRY400 - the reason is enough
        except Exception:
            _logger.exception("the articles were not reloaded")
        else:
            return outcome
        return None

    async def roll_back(self, by: str | None, origin: Origin) -> Report:
        """Let the version before serve again.

        Raises:
            CorpusError: there is none.
            BusyError: a reload is running.
        """
        self._refuse_if_busy()
        async with self._turn:
            started, clock = dt.datetime.now(dt.UTC), time.perf_counter()
            try:
                report = await self._in_thread(self._store.roll_back)
            except CorpusError as error:
                seconds = time.perf_counter() - clock
                await self._write(LoggedReload(started, seconds, origin, "rollback", "failed", error=str(error), by=by))
                raise
            await self._open()
            await self._write(entry_of_rollback(started, time.perf_counter() - clock, by, origin, report))
            return report

    async def status(self) -> Status:
        """What serves, since when, and what came of the last reloads."""
        retriever = self.retriever
        if retriever is None:
            raise RuntimeError("a status needs a service")
        try:
            latest: tuple[LoggedReload, ...] | str = tuple(await self._log.latest(_LATEST))
        except LogError as error:
            latest = str(error)
        return Status(retriever.catalog, self._store.previous, self._store.refused, self.progress, latest)

    async def follow(self) -> None:
        """Notice again and again, until cancelled, what another program let serve, and open it."""
        told = ""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._turn.locked():
                continue
            try:
                async with self._turn:
                    if self._store.version not in (self._opened, None):
                        await self._open()
                        _logger.info("another program let version %s serve", self._opened)
                told = ""
            except Exception as error:  # noqa: BLE001 - it is tried again, and said once
                if str(error) != told:
                    _logger.error("the version that serves cannot be opened: %s", error)  # noqa: TRY400
                told = str(error)

    async def close(self) -> None:
        """Let go of the store. A reload that is under way is given up: it changes nothing."""
        if self._tracking is not None:
            self._tracking.give_up()
        left = self._left_behind
        if left is not None and not left.done():
            await asyncio.wait({left}, timeout=self._patience)
        if left is None or left.done():
            self._store.close()
        else:
            _logger.error("a reload did not end in %g s and is left behind; it changes nothing", self._patience)

    def _refuse_if_busy(self, *, patient: bool = False) -> None:
        if self._turn.locked() and not patient:
            raise BusyError(f"a reload is running already ({self.progress or 'at its end'}): wait until it is done")

    async def _reload(
        self, by: str | None, origin: Origin, accept: str | None, automatic: bool, progress: Tell | None
    ) -> Outcome:
        started, clock = dt.datetime.now(dt.UTC), time.perf_counter()
        tracking = self._tracking = Tracking(asyncio.get_running_loop(), progress)
        try:
            outcome = await self._in_thread(partial(self._load, accept=accept, automatic=automatic, track=tracking))
        except BusyError:
            raise
        except Exception as error:
            seconds = time.perf_counter() - clock
            await self._write(LoggedReload(started, seconds, origin, "reload", "failed", error=_reason(error), by=by))
            raise
        finally:
            self._tracking = None
        if self._shows_otherwise(outcome):
            await self._open()
        await self._remember(outcome, started, by, origin, automatic=automatic)
        return outcome

    def _load(self, *, accept: str | None, automatic: bool, track: Tracking) -> Outcome:
        """In the thread. What is added while it goes on may still be taken back."""
        found = waiting(self._added) if self._added else []
        outcome = reload_store(self._store, self._gates, accept=accept, automatic=automatic, track=track)
        settle(found if result_of(outcome) != "held" else [])
        return outcome

    def _shows_otherwise(self, outcome: Outcome) -> bool:
        """Whether the service does not tell all of what serves; one version may come with other rejections."""
        if self.retriever is None or result_of(outcome) == "held":
            return False
        return outcome.applied or outcome.report.rejections != self.retriever.catalog.rejections

    async def _open(self) -> Retriever | None:
        """Open the version that serves, and let the service answer from it."""
        retriever = await self._in_thread(self._store.open)
        if retriever is not None:
            self._opened = retriever.catalog.version
            if self._service is not None:
                self._service.retriever = retriever
        return retriever

    async def _in_thread(self, job: Callable[[], T]) -> T:
        """Run a job beside the loop. Who is cancelled meanwhile waits a while for it, and then leaves it behind."""
        future = in_thread_of_its_own(job)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            if self._tracking is not None:
                self._tracking.give_up()
            future.add_done_callback(_look_at)
            self._left_behind = future
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({future}, timeout=self._patience)
            raise

    async def _remember(
        self, outcome: Outcome, started: dt.datetime, by: str | None, origin: Origin, *, automatic: bool
    ) -> None:
        entry = entry_of_reload(started, by, origin, outcome)
        if entry.result == "unchanged" and automatic:
            return  # nobody asked, nothing happened
        if origin is not Origin.CLI:  # the command line prints it
            level = logging.WARNING if entry.result == "held" else logging.INFO
            _logger.log(level, "%s", " ".join((headline(outcome), *outcome.failures)))
        await self._write(entry)

    async def _write(self, entry: LoggedReload) -> None:
        """A log that fails costs nobody the reload."""
        self.on_reload(entry)
        try:
            await self._log.add(entry)
        except Exception as error:  # noqa: BLE001 - whatever it is
            _logger.error("a reload was not logged: %s", _reason(error))  # noqa: TRY400 - the reason is enough


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, CorpusError | LogError) else f"{type(error).__name__}: {error}"


def _look_at(future: "asyncio.Future[T]") -> None:
    """So that nobody says that its error was never looked at."""
    if not future.cancelled():
        future.exception()
