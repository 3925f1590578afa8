"""What was asked and what was shown: written once, read by people."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event, func, insert, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import selectinload

from db.errors import LogError
from db.schema import upgrade
from db.tables import PassageRow, QuestionRow

_BUSY_SECONDS: Final = 5
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A quote that was shown: ``body[start:end] == text`` in the article whose file has this sha256."""

    rank: int
    article_id: str
    sha256: str
    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """One question as it stands in the log.

    Attributes:
        id: None until it is written.
        asked_at: with a time zone.
        asker: keyed hash of the user, None when nobody is known (the command line).
    """

    asked_at: dt.datetime
    channel: str
    language: str
    text: str
    band: str
    corpus_version: str
    latency_ms: float
    missing_terms: tuple[str, ...] = ()
    did_you_mean: str | None = None
    asker: str | None = None
    passages: tuple[ShownPassage, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which questions are wanted; None means any.

    Attributes:
        contains: part of the question, in any case.
        since: asked then or later, with a time zone.
        before: asked earlier than then, with a time zone.
    """

    band: str | None = None
    channel: str | None = None
    contains: str | None = None
    since: dt.datetime | None = None
    before: dt.datetime | None = None


@dataclass(slots=True)
class _Waiting:
    """A question on its way into the log; then its id, or why it was not written."""

    question: LoggedQuestion
    outcome: int | LogError | None = None


class QueryLog:
    """The log in one database. Opened by the first call that needs it, and opened again after a failure.

    Args:
        url: of SQLAlchemy, with an asynchronous driver. The folder of a SQLite file is made if it is missing.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine: AsyncEngine | None = None
        self._writing = asyncio.Lock()
        self._waiting: list[_Waiting] = []

    async def add(self, question: LoggedQuestion) -> int:
        """Write one question with its passages, all or nothing; the id that it got.

        Questions that arrive while others are being written are written together, in one transaction.

        Raises:
            LogError: it was not written.
        """
        mine = _Waiting(question)
        self._waiting.append(mine)
        async with self._writing:
            if mine.outcome is None:
                batch, self._waiting = self._waiting, []
                await self._write(batch)
        if isinstance(mine.outcome, int):
            return mine.outcome
        raise mine.outcome or LogError("the question was not written")

    async def _write(self, batch: list["_Waiting"]) -> None:
        """Give each of a batch its outcome; a question that cannot be written does not take the others with it."""
        try:
            with _explained(self._url):
                ids = await self._insert([each.question for each in batch])
        except LogError as error:
            if len(batch) == 1:
                batch[0].outcome = error
            else:
                for each in batch:
                    await self._write([each])
        else:
            for each, number in zip(batch, ids, strict=True):
                each.outcome = number

    async def _insert(self, questions: list[LoggedQuestion]) -> list[int]:
        engine = await self._opened()
        async with engine.begin() as connection:
            query = insert(QuestionRow).returning(QuestionRow.id, sort_by_parameter_order=True)
            ids = list(await connection.scalars(query, [_question_values(each) for each in questions]))
            passages = [
                {"question_id": number, **asdict(shown)}
                for number, question in zip(ids, questions, strict=True)
                for shown in question.passages
            ]
            if passages:
                await connection.execute(insert(PassageRow), passages)
        return ids

    async def latest(self, wanted: LogFilter = LogFilter(), limit: int = 20) -> list[LoggedQuestion]:
        """The newest questions that pass the filter, newest first.

        Raises:
            LogError: the log cannot be read.
        """
        query = (
            select(QuestionRow)
            .where(*_conditions(wanted))
            .order_by(QuestionRow.id.desc())
            .limit(limit)
            .options(selectinload(QuestionRow.passages))
        )
        with _explained(self._url):
            async with (await self._sessions())() as session:
                return [_from_row(row) for row in await session.scalars(query)]

    async def get(self, question_id: int) -> LoggedQuestion | None:
        """The question with this id, None if there is none.

        Raises:
            LogError: the log cannot be read.
        """
        with _explained(self._url):
            async with (await self._sessions())() as session:
                row = await session.get(QuestionRow, question_id, options=[selectinload(QuestionRow.passages)])
                return _from_row(row) if row else None

    async def count(self) -> int:
        """How many questions the log holds.

        Raises:
            LogError: the log cannot be read.
        """
        with _explained(self._url):
            async with (await self._sessions())() as session:
                return await session.scalar(select(func.count()).select_from(QuestionRow)) or 0

    async def shown_passages(self) -> AsyncIterator[tuple[int, ShownPassage]]:
        """Every quote ever shown, with its question's id, oldest first; read in batches.

        Raises:
            LogError: the log cannot be read.
        """
        last = 0
        while True:
            query = select(PassageRow).where(PassageRow.id > last).order_by(PassageRow.id).limit(_BATCH)
            with _explained(self._url):
                async with (await self._sessions())() as session:
                    rows = list(await session.scalars(query))
            if not rows:
                return
            for row in rows:
                yield row.question_id, _shown(row)
            last = rows[-1].id

    async def close(self) -> None:
        """Let go of the database. A later call opens it again."""
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    async def _opened(self) -> AsyncEngine:
        if self._engine is None:
            self._engine = await _open(self._url)
        return self._engine

    async def _sessions(self) -> async_sessionmaker[AsyncSession]:
        return async_sessionmaker(await self._opened(), expire_on_commit=False)


async def _open(url: URL) -> AsyncEngine:
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    except BaseException:
        await engine.dispose()
        raise
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers and the writer do not wait for each other
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@contextmanager
def _explained(url: URL) -> Iterator[None]:
    """Turns the database's errors into one that says which file it is and what is wrong with it."""
    place = url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as error:
        raise LogError(f"the query log at {place} cannot be used: {error.orig}") from error
    except (SQLAlchemyError, OSError) as error:
        raise LogError(f"the query log at {place} cannot be used: {error}") from error


def _conditions(wanted: LogFilter) -> Iterator[Any]:
    if wanted.band:
        yield QuestionRow.band == wanted.band
    if wanted.channel:
        yield QuestionRow.channel == wanted.channel
    if wanted.contains:
        yield QuestionRow.text.icontains(wanted.contains, autoescape=True)
    if wanted.since:
        yield QuestionRow.asked_at >= wanted.since
    if wanted.before:
        yield QuestionRow.asked_at < wanted.before


def _question_values(question: LoggedQuestion) -> dict[str, Any]:
    values = {name: getattr(question, name) for name in question.__slots__ if name not in {"id", "passages"}}
    return {**values, "missing_terms": list(question.missing_terms)}


def _from_row(row: QuestionRow) -> LoggedQuestion:
    return LoggedQuestion(
        id=row.id,
        asked_at=row.asked_at,
        channel=row.channel,
        language=row.language,
        text=row.text,
        band=row.band,
        missing_terms=tuple(row.missing_terms),
        did_you_mean=row.did_you_mean,
        corpus_version=row.corpus_version,
        latency_ms=row.latency_ms,
        asker=row.asker,
        passages=tuple(map(_shown, row.passages)),
    )


def _shown(row: PassageRow) -> ShownPassage:
    return ShownPassage(row.rank, row.article_id, row.sha256, row.start, row.end, row.score, row.text)
