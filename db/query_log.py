"""What was asked, what was shown and what people thought of it: written by the bot, read by people."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from functools import partial
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db import feedback_rows
from db.database import Database
from db.errors import UnknownKeyError
from db.feedback_rows import Told, read_batch, read_feedback
from db.question_rows import (
    add_places,
    add_shown,
    conditions,
    insert_questions,
    read_passages,
    read_places,
    read_questions,
)
from db.records import Feedback, LogFilter, LoggedQuestion, Place, ShownPassage
from db.statistics import Statistics, read_statistics
from db.tables import PlaceRow, QuestionRow
from db.unanswered import Unanswered, read_unanswered

_BATCH: Final = 500
_ANY: Final = LogFilter()
_VOTES: Final = ("up", "down")


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
        query = select(QuestionRow).where(*conditions(wanted)).order_by(QuestionRow.id.desc()).limit(limit)
        return await self.database.read(lambda session: read_questions(session, query))

    async def get(self, question_id: int) -> LoggedQuestion | None:
        """The question with this id, None if there is none.

        Raises:
            LogError: the log cannot be read.
        """
        return await self._one(select(QuestionRow).where(QuestionRow.id == question_id))

    async def by_key(self, key: str) -> LoggedQuestion | None:
        """The question whose answer has this key; None if there is none, or if it is not written yet.

        Raises:
            LogError: the log cannot be read.
        """
        return await self._one(select(QuestionRow).where(QuestionRow.key == key))

    async def by_place(self, place: str) -> tuple[LoggedQuestion, Place] | None:
        """The last question that was asked or answered in a message, and the message; None if there was none.

        Args:
            place: hash of it.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(QuestionRow).join(PlaceRow).where(PlaceRow.hash == place)
        found = await self._one(query)
        return None if found is None else (found, next(each for each in found.places if each.hash == place))

    async def places_of(self, key: str) -> tuple[Place, ...]:
        """The messages of a question and of its answer, in the order of their ids; empty if none is known.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(PlaceRow).join(QuestionRow, QuestionRow.id == PlaceRow.question_id).where(QuestionRow.key == key)
        query = query.order_by(PlaceRow.message_id, PlaceRow.hash)
        return tuple(await self.database.read(lambda session: read_places(session, query)))

    async def add_shown(self, key: str, passages: Sequence[ShownPassage]) -> None:
        """Write that more was shown of an answer. A quote that is there already, with this rank, is not written again.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        if not await self.database.write(add_shown, (key, passages)):
            raise _unknown(key)

    async def add_place(self, key: str, place: Place) -> None:
        """Write that something of a question stands in one more message; from now on it is this question's.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        if not await self.database.write(add_places, (key, place)):
            raise _unknown(key)

    async def vote(self, feedback: Feedback) -> Feedback | None:
        """A person presses “up” or “down”. One vote counts of each, for each passage and for the whole answer.

        Returns:
            What stands now: the other verdict takes the place of the first; the same one again, without a reason,
            takes it back, and None stands. A reason goes with a “down” that is there already.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        _require_vote(feedback)
        return _known(feedback.key, await self.database.write(feedback_rows.press, feedback)).stands

    async def put_vote(self, feedback: Feedback) -> None:
        """A person's vote as it stands, as with a reaction: told again it changes nothing.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        _require_vote(feedback)
        _known(feedback.key, await self.database.write(feedback_rows.put_vote, feedback))

    async def withdraw(self, feedback: Feedback) -> None:
        """Remove a person's vote on the same passage, or on the whole answer, whatever it was.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        _known(feedback.key, await self.database.write(feedback_rows.withdraw, feedback))

    async def wish(self, feedback: Feedback) -> None:
        """A person wishes that articles would answer this. One wish of each; a note, and later another, may be added.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        _require(feedback, "wish")
        _known(feedback.key, await self.database.write(feedback_rows.put, feedback))

    async def choose(self, feedback: Feedback) -> None:
        """A person sent a passage that was offered inline. Told again it changes nothing.

        Raises:
            UnknownKeyError: there is no such answer, or not yet.
            LogError: it was not written.
        """
        _require(feedback, "chosen")
        _known(feedback.key, await self.database.write(feedback_rows.put, feedback))

    async def feedback_of(self, key: str) -> list[Feedback]:
        """All that people said of an answer and its passages, oldest first.

        Raises:
            LogError: the log cannot be read.
        """
        return await self.database.read(lambda session: _said_of(session, key))

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
        while found := await self.database.read(partial(read_passages, last=last, limit=_BATCH)):
            for last, question_id, shown in found:  # noqa: B007 - the next batch begins behind the last
                yield question_id, shown

    async def each(self, wanted: LogFilter = _ANY) -> AsyncIterator[tuple[LoggedQuestion, tuple[Feedback, ...]]]:
        """Every question that passes the filter, with what was said of its answer, oldest first; read in batches.

        Raises:
            LogError: the log cannot be read.
        """
        last, filters = 0, list(conditions(wanted))
        while found := await self.database.read(partial(read_batch, last=last, wanted=filters)):
            for question, feedback in found:
                yield question, feedback
            last = found[-1][0].id or 0

    async def unanswered(self, limit: int = 20, since: dt.datetime | None = None) -> list[Unanswered]:
        """What was not answered well, the same words together: first what most people miss, then the latest.

        That is a question whose band is weak or none, or whose answer somebody disliked or wished articles for; one
        that its asker changed only where something was said of its answer.

        Args:
            limit: at most so many.
            since: asked then or later, with a time zone; None: ever.

        Raises:
            LogError: the log cannot be read.
        """
        return await self.database.read(partial(read_unanswered, limit=limit, since=since))

    async def statistics(self, since: dt.datetime | None = None, before: dt.datetime | None = None) -> Statistics:
        """What was asked, how well it was answered and what people thought of it.

        Args:
            since: asked then or later, with a time zone; None: ever.
            before: asked earlier than then, with a time zone; None: until now.

        Raises:
            LogError: the log cannot be read.
        """
        until = before or dt.datetime.now(dt.UTC)
        return await self.database.read(partial(read_statistics, since=since, before=until))

    async def close(self) -> None:
        """Write what waits, then let go of the database. A later call opens it again."""
        await self.database.close()

    async def _one(self, query: Select[QuestionRow]) -> LoggedQuestion | None:
        found = await self.database.read(lambda session: read_questions(session, query))
        return found[0] if found else None


def _said_of(session: Session, key: str) -> list[Feedback]:
    number = session.scalar(select(QuestionRow.id).where(QuestionRow.key == key))
    return [] if number is None else list(read_feedback(session, {number: key}).get(number, ()))


def _require(feedback: Feedback, *verdicts: str) -> None:
    if feedback.verdict not in verdicts:
        raise ValueError(f"the verdict must be {' or '.join(verdicts)}, not {feedback.verdict!r}")


def _require_vote(feedback: Feedback) -> None:
    _require(feedback, *_VOTES)
    if feedback.reason is not None and feedback.verdict != "down":
        raise ValueError("a reason goes with the verdict “down” only")


def _known(key: str, told: Told) -> Told:
    if not told.known:
        raise _unknown(key)
    return told


def _unknown(key: str) -> UnknownKeyError:
    return UnknownKeyError(f"no question in the log has the key {key!r}: it is not written yet, or was removed")
