"""What was asked and what was shown: written once, read by people."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import fields
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Select, func, insert, select
from sqlalchemy.orm import Session, selectinload

from db.database import Database
from db.records import LogFilter, LoggedQuestion, ShownPassage
from db.rows import read_rows, well_typed
from db.tables import PassageRow, QuestionRow

_BATCH: Final = 500
_ANY: Final = LogFilter()
_QUESTION_COLUMNS: Final = [each.name for each in fields(LoggedQuestion) if each.name not in {"id", "passages"}]
_LAST_ID: Final = select(func.max(QuestionRow.id))
_INSERT_QUESTIONS: Final = insert(QuestionRow)
_INSERT_PASSAGES: Final = insert(PassageRow)
_PASSAGE_COLUMNS: Final = [each.name for each in fields(ShownPassage)]


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
        return await self.database.write(insert_questions, question)

    async def latest(self, wanted: LogFilter = _ANY, limit: int = 20) -> list[LoggedQuestion]:
        """The newest questions that pass the filter, newest first.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).where(*_conditions(wanted)).order_by(QuestionRow.id.desc()).limit(limit)
        return await self.database.read(lambda session: _questions(session, query))

    async def get(self, question_id: int) -> LoggedQuestion | None:
        """The question with this id, None if there is none.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).where(QuestionRow.id == question_id)
        found = await self.database.read(lambda session: _questions(session, query))
        return found[0] if found else None

    async def count(self) -> int:
        """How many questions the log holds.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(func.count()).select_from(QuestionRow)
        return await self.database.read(lambda session: session.scalar(query) or 0)

    async def shown_passages(self) -> AsyncIterator[tuple[int, ShownPassage]]:
        """Every quote ever shown, with its question's id, oldest first; read in batches.

        Raises:
            LogError: the log cannot be read.
        """
        last = 0
        while found := await self.database.read(partial(_passages_behind, last=last)):
            for last, question_id, shown in found:  # noqa: B007 - the next batch begins behind the last
                yield question_id, shown

    async def close(self) -> None:
        """Write what waits, then let go of the database. A later call opens it again."""
        await self.database.close()


def insert_questions(connection: Connection, questions: list[LoggedQuestion]) -> list[int]:
    """Write questions with their passages, in the transaction of ``connection``; the ids that they got, in order."""
    # Nobody else writes in this transaction: the ids are known beforehand, and the driver writes all rows in one call.
    first = (connection.scalar(_LAST_ID) or 0) + 1
    ids = list(range(first, first + len(questions)))
    if questions:
        connection.execute(_INSERT_QUESTIONS, list(map(_question_values, questions, ids)))
    passages = [
        {"question_id": number} | {name: getattr(shown, name) for name in _PASSAGE_COLUMNS}
        for number, question in zip(ids, questions, strict=True)
        for shown in question.passages
    ]
    if passages:
        connection.execute(_INSERT_PASSAGES, passages)
    return ids


def _questions(session: Session, query: Select[QuestionRow]) -> list[LoggedQuestion]:
    return [_question(row) for row in read_rows(session, QuestionRow, query, selectinload(QuestionRow.passages))]


def _passages_behind(session: Session, last: int) -> list[tuple[int, int, ShownPassage]]:
    query = select(PassageRow).where(PassageRow.id > last).order_by(PassageRow.id).limit(_BATCH)
    return [(row.id, row.question_id, _shown(row)) for row in read_rows(session, PassageRow, query)]


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


def _question_values(question: LoggedQuestion, number: int) -> dict[str, Any]:
    values = {name: getattr(question, name) for name in _QUESTION_COLUMNS}
    return {**values, "id": number, "missing_terms": list(question.missing_terms)}


def _question(row: QuestionRow) -> LoggedQuestion:
    values = {each.name: getattr(row, each.name) for each in fields(LoggedQuestion)}
    if isinstance(row.missing_terms, list):
        values["missing_terms"] = tuple(row.missing_terms)
    found = LoggedQuestion(**{**values, "passages": tuple(map(_shown, row.passages))})
    return well_typed(found, QuestionRow, row.id)


def _shown(row: PassageRow) -> ShownPassage:
    found = ShownPassage(**{each.name: getattr(row, each.name) for each in fields(ShownPassage)})
    return well_typed(found, PassageRow, row.id)
