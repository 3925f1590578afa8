"""What was asked and what was shown: written once, read by people."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, fields
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from sqlalchemy import Select, func, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError, StatementError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import selectinload

from db.errors import LogError
from db.group_commit import GroupCommit
from db.opening import explained, for_writing, open_engine
from db.records import LogFilter, LoggedQuestion, ShownPassage, mistyped
from db.tables import PassageRow, QuestionRow

_BATCH: Final = 500
_LINGER_SECONDS: Final = 0.02  # nobody waits for the log
_ANY: Final = LogFilter()
_NOT_COLUMNS: Final = {"id", "passages"}
Row = TypeVar("Row", QuestionRow, PassageRow)


class QueryLog:
    """The log in one database. Opened by the first call that needs it, and opened again after a failure.

    An async context manager, which closes it.

    Args:
        url: of SQLAlchemy, with an asynchronous driver. The folder of a SQLite file is made if it is missing.
        create: whether a log that is not there is made, and an older one migrated; if not, that is a `LogError`.
        busy_seconds: how long to wait for another program that is writing.
    """

    def __init__(self, url: str, *, create: bool = True, busy_seconds: float = 5) -> None:
        self._url = make_url(url)
        self._create = create
        self._busy_seconds = busy_seconds
        self._engine: AsyncEngine | None = None
        self._sessions: async_sessionmaker[AsyncSession] | None = None
        self._opening = asyncio.Lock()
        self._commits = GroupCommit(self._insert, _is_about_a_row, _LINGER_SECONDS)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def add(self, question: LoggedQuestion) -> int:
        """Write one question with its passages, all or nothing; the id that it got.

        Questions that arrive while others are being written are written together, in one transaction.

        Raises:
            LogError: it was not written.
        """
        with explained(self._url):
            return await self._commits.add(question)

    async def latest(self, wanted: LogFilter = _ANY, limit: int = 20) -> list[LoggedQuestion]:
        """The newest questions that pass the filter, newest first.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).where(*_conditions(wanted)).order_by(QuestionRow.id.desc()).limit(limit)
        with explained(self._url):
            return [_question(row) for row in await self._rows(QuestionRow, query)]

    async def get(self, question_id: int) -> LoggedQuestion | None:
        """The question with this id, None if there is none.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).where(QuestionRow.id == question_id)
        with explained(self._url):
            rows = await self._rows(QuestionRow, query)
            return _question(rows[0]) if rows else None

    async def count(self) -> int:
        """How many questions the log holds.

        Raises:
            LogError: the log cannot be read.
        """
        with explained(self._url):
            async with await self._session() as session:
                return await session.scalar(select(func.count()).select_from(QuestionRow)) or 0

    async def shown_passages(self) -> AsyncIterator[tuple[int, ShownPassage]]:
        """Every quote ever shown, with its question's id, oldest first; read in batches.

        Raises:
            LogError: the log cannot be read.
        """
        last = 0
        while True:
            query = select(PassageRow).where(PassageRow.id > last).order_by(PassageRow.id).limit(_BATCH)
            with explained(self._url):
                found = [(row.id, row.question_id, _shown(row)) for row in await self._rows(PassageRow, query)]
            if not found:
                return
            for last, question_id, shown in found:  # noqa: B007 - the next batch begins behind the last
                yield question_id, shown

    async def close(self) -> None:
        """Let go of the database once the batch that is being written is written. A later call opens it again."""
        await self._commits.close()
        engine, self._engine, self._sessions = self._engine, None, None
        if engine is not None:
            await engine.dispose()

    async def _opened(self) -> AsyncEngine:
        async with self._opening:
            if self._engine is None:
                self._engine = await open_engine(self._url, create=self._create, busy_seconds=self._busy_seconds)
                self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
            return self._engine

    async def _session(self) -> AsyncSession:
        await self._opened()
        if self._sessions is None:
            raise LogError("the query log was closed")
        return self._sessions()

    async def _insert(self, questions: list[LoggedQuestion]) -> list[int]:
        async with for_writing(await self._opened()).begin() as connection:
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

    async def _rows(self, table: type[Row], query: Select[Row]) -> list[Row]:
        """The rows of a query; one that another program damaged is named."""
        whole = query.options(selectinload(QuestionRow.passages)) if table is QuestionRow else query
        async with await self._session() as session:
            try:
                return list(await session.scalars(whole))
            except (TypeError, ValueError):
                for number in await session.scalars(query.with_only_columns(table.id)):
                    await _require_readable(session, table, number)
                raise


async def _require_readable(session: AsyncSession, table: type[Row], number: int) -> None:
    try:
        await session.get(table, number)
    except (TypeError, ValueError) as error:
        raise _damaged(table, number, str(error)) from error


def _damaged(table: type[Row], number: int, reason: str) -> LogError:
    return LogError(f"row {number} of the log's table {table.__tablename__!r} is damaged: {reason}")


def _is_about_a_row(error: Exception) -> bool:
    """Whether another question, or the same one without its fault, could be written."""
    if isinstance(error, DBAPIError):
        return isinstance(error, IntegrityError | DataError | InterfaceError | ProgrammingError)
    return isinstance(error, StatementError | ValueError | TypeError | OverflowError)


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
    values = {each.name: getattr(question, each.name) for each in fields(question) if each.name not in _NOT_COLUMNS}
    return {**values, "missing_terms": list(question.missing_terms)}


def _question(row: QuestionRow) -> LoggedQuestion:
    values = {each.name: getattr(row, each.name) for each in fields(LoggedQuestion)}
    if isinstance(row.missing_terms, list):
        values["missing_terms"] = tuple(row.missing_terms)
    found = LoggedQuestion(**{**values, "passages": tuple(map(_shown, row.passages))})
    return _well_typed(found, QuestionRow, row.id)


def _shown(row: PassageRow) -> ShownPassage:
    found = ShownPassage(**{each.name: getattr(row, each.name) for each in fields(ShownPassage)})
    return _well_typed(found, PassageRow, row.id)


Record = TypeVar("Record", LoggedQuestion, ShownPassage)


def _well_typed(record: Record, table: type[Row], number: int) -> Record:
    if wrong := mistyped(record):
        raise _damaged(table, number, f"wrong types in {', '.join(wrong)}")
    return record
