"""How does what people think of answers lie in its table? All writing runs inside the transaction of a connection.

Each function that writes answers for each item, in their order, what `Told` says.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from db.question_rows import id_of, read_questions
from db.records import Feedback, LoggedQuestion
from db.rows import read_rows, well_typed
from db.tables import FeedbackRow, QuestionRow

_BATCH: Final = 500
_COLUMNS: Final = [each.name for each in fields(Feedback) if each.name != "key"]
_SAME: Final = (
    FeedbackRow.question_id == bindparam("question"),
    FeedbackRow.by == bindparam("person"),
    FeedbackRow.rank.is_not_distinct_from(bindparam("which")),
)
_FOUND: Final = select(FeedbackRow.id, FeedbackRow.verdict, FeedbackRow.note)
_Found = Row[int, str, str | None]
_VOTES: Final = FeedbackRow.verdict.in_(["up", "down"])
_VOTE_OF: Final = _FOUND.where(*_SAME, _VOTES)
_OF_KIND: Final = _FOUND.where(*_SAME, FeedbackRow.verdict == bindparam("kind"))
_INSERT: Final = insert(FeedbackRow)
_REMOVE: Final = delete(FeedbackRow).where(FeedbackRow.id == bindparam("row"))
_REPLACE: Final = update(FeedbackRow).where(FeedbackRow.id == bindparam("row"))


@dataclass(frozen=True, slots=True)
class Told:
    """What came of something that a person said.

    Attributes:
        known: whether there is a question with that key; else nothing was written.
        stands: what the person says now; None where they took it back.
    """

    known: bool
    stands: Feedback | None = None


def press(connection: Connection, items: list[Feedback]) -> list[Told]:
    """Votes by buttons: another verdict takes the place of the first, the same one again takes it back."""
    return [_told(connection, item, _press) for item in items]


def put_vote(connection: Connection, items: list[Feedback]) -> list[Told]:
    """Votes that stand however often they are told: the last one of a person."""
    return [_told(connection, item, _put_vote) for item in items]


def withdraw(connection: Connection, items: list[Feedback]) -> list[Told]:
    """Remove the votes, whatever they were, of the same persons on the same passages."""
    return [_told(connection, item, _withdraw) for item in items]


def put(connection: Connection, items: list[Feedback]) -> list[Told]:
    """Wishes and choices, one of a kind a person and passage. A note stays until another comes."""
    return [_told(connection, item, _put) for item in items]


def read_feedback(session: Session, questions: Mapping[int, str]) -> dict[int, tuple[Feedback, ...]]:
    """All that was said of some answers, oldest first, by the ids of their questions.

    Args:
        session: what to ask.
        questions: their keys by their ids.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    if not questions:
        return {}
    query = select(FeedbackRow).where(FeedbackRow.question_id.in_(questions)).order_by(FeedbackRow.id)
    found: dict[int, list[Feedback]] = {}
    for row in read_rows(session, FeedbackRow, query):
        found.setdefault(row.question_id, []).append(_feedback(row, questions[row.question_id]))
    return {number: tuple(said) for number, said in found.items()}


def read_batch(
    session: Session, last: int, wanted: Iterable[Any], *, whole: bool = True
) -> list[tuple[LoggedQuestion, tuple[Feedback, ...]]]:
    """The next questions behind the one with the id ``last``, with what was said of their answers; empty at the end.

    Args:
        session: what to ask.
        last: 0 at first.
        wanted: what their rows must fulfil.
        whole: with their passages and places.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    query = select(QuestionRow).where(QuestionRow.id > last, *wanted).order_by(QuestionRow.id).limit(_BATCH)
    questions = read_questions(session, query, whole=whole)
    said = read_feedback(session, {each.id: each.key for each in questions if each.id and each.key})
    session.expunge_all()  # the next batch needs the memory
    return [(each, said.get(each.id or 0, ())) for each in questions]


def _told(
    connection: Connection, item: Feedback, write: Callable[[Connection, Feedback, int], Feedback | None]
) -> Told:
    number = id_of(connection, item.key)
    return Told(known=False) if number is None else Told(known=True, stands=write(connection, item, number))


def _press(connection: Connection, item: Feedback, number: int) -> Feedback | None:
    found = _found(connection, item, number)
    if found is not None and found.verdict == item.verdict and item.reason is None:
        connection.execute(_REMOVE, {"row": found.id})
        return None
    return _put_vote(connection, item, number)


def _put_vote(connection: Connection, item: Feedback, number: int) -> Feedback:
    _replace(connection, _found(connection, item, number), item, number)
    return item


def _withdraw(connection: Connection, item: Feedback, number: int) -> None:
    found = _found(connection, item, number)
    if found is not None:
        connection.execute(_REMOVE, {"row": found.id})


def _put(connection: Connection, item: Feedback, number: int) -> Feedback:
    found = connection.execute(_OF_KIND, _same(item, number) | {"kind": item.verdict}).first()
    if found is not None and item.note is None:
        return replace(item, note=found.note)
    _replace(connection, found, item, number)
    return item


def _found(connection: Connection, item: Feedback, number: int) -> _Found | None:
    return connection.execute(_VOTE_OF, _same(item, number)).first()


def _replace(connection: Connection, found: _Found | None, item: Feedback, number: int) -> None:
    values = {name: getattr(item, name) for name in _COLUMNS} | {"question_id": number}
    if found is None:
        connection.execute(_INSERT, values)
    else:
        connection.execute(_REPLACE, values | {"row": found.id})


def _same(item: Feedback, number: int) -> dict[str, Any]:
    return {"question": number, "person": item.by, "which": item.rank}


def _feedback(row: FeedbackRow, key: str) -> Feedback:
    return well_typed(Feedback(key, **{name: getattr(row, name) for name in _COLUMNS}), FeedbackRow, row.id)
