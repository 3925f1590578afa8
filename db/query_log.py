"""What was asked and what was shown: written once, read by people."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, fields
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Select, func, insert, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError, StatementError
from sqlalchemy.orm import selectinload

from db.database import Database
from db.group_commit import GroupCommit
from db.records import LogFilter, LoggedQuestion, ShownPassage
from db.rows import read_rows, well_typed
from db.tables import PassageRow, QuestionRow

_BATCH: Final = 500
_LINGER_SECONDS: Final = 0.02  # nobody waits for the log
_ANY: Final = LogFilter()
_NOT_COLUMNS: Final = {"id", "passages"}


class QueryLog:
    """The log in one database. Opened by the first call that needs it, and opened again after a failure.

    An async context manager, which closes it.

    Args:
        url: as `Database` says.
        create: the same.
        busy_seconds: the same.

    Attributes:
        database: where it lies. Others may write into it too; closing the log closes it.
    """

    def __init__(self, url: str, *, create: bool = True, busy_seconds: float = 5) -> None:
        self.database = Database(url, create=create, busy_seconds=busy_seconds)
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
        with self.database.explained():
            return await self._commits.add(question)

    async def latest(self, wanted: LogFilter = _ANY, limit: int = 20) -> list[LoggedQuestion]:
        """The newest questions that pass the filter, newest first.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).where(*_conditions(wanted)).order_by(QuestionRow.id.desc()).limit(limit)
        with self.database.explained():
            return [_question(row) for row in await self._questions(query)]

    async def get(self, question_id: int) -> LoggedQuestion | None:
        """The question with this id, None if there is none.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).where(QuestionRow.id == question_id)
        with self.database.explained():
            rows = await self._questions(query)
            return _question(rows[0]) if rows else None

    async def count(self) -> int:
        """How many questions the log holds.

        Raises:
            LogError: the log cannot be read.
        """
        with self.database.explained():
            async with self.database.reading() as session:
                return await session.scalar(select(func.count()).select_from(QuestionRow)) or 0

    async def shown_passages(self) -> AsyncIterator[tuple[int, ShownPassage]]:
        """Every quote ever shown, with its question's id, oldest first; read in batches.

        Raises:
            LogError: the log cannot be read.
        """
        last = 0
        while True:
            query = select(PassageRow).where(PassageRow.id > last).order_by(PassageRow.id).limit(_BATCH)
            with self.database.explained():
                async with self.database.reading() as session:
                    rows = await read_rows(session, PassageRow, query)
                found = [(row.id, row.question_id, _shown(row)) for row in rows]
            if not found:
                return
            for last, question_id, shown in found:  # noqa: B007 - the next batch begins behind the last
                yield question_id, shown

    async def close(self) -> None:
        """Let go of the database once the batch that is being written is written. A later call opens it again."""
        await self._commits.close()
        await self.database.close()

    async def _questions(self, query: Select[QuestionRow]) -> list[QuestionRow]:
        async with self.database.reading() as session:
            return await read_rows(session, QuestionRow, query, selectinload(QuestionRow.passages))

    async def _insert(self, questions: list[LoggedQuestion]) -> list[int]:
        async with self.database.writing() as connection:
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
    return well_typed(found, QuestionRow, row.id)


def _shown(row: PassageRow) -> ShownPassage:
    found = ShownPassage(**{each.name: getattr(row, each.name) for each in fields(ShownPassage)})
    return well_typed(found, PassageRow, row.id)
