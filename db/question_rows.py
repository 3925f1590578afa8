"""How do questions lie in their tables, with the passages shown and the places where they were asked and answered?"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session, selectinload

from db.records import LogFilter, LoggedQuestion, Place, ShownPassage
from db.rows import read_rows, well_typed
from db.tables import PassageRow, PlaceRow, QuestionRow

_QUESTION_COLUMNS: Final = [
    each.name for each in fields(LoggedQuestion) if each.name not in {"id", "passages", "places"}
]
_PASSAGE_COLUMNS: Final = [each.name for each in fields(ShownPassage)]
_PLACE_COLUMNS: Final = [each.name for each in fields(Place)]
_QUOTE: Final = (PassageRow.rank, PassageRow.sha256, PassageRow.start, PassageRow.end)

_LAST_ID: Final = select(func.max(QuestionRow.id))
_ID_OF: Final = select(QuestionRow.id).where(QuestionRow.key == bindparam("wanted"))
_SHOWN: Final = select(*_QUOTE).where(PassageRow.question_id == bindparam("question"))
_INSERT_QUESTIONS: Final = insert(QuestionRow)
_INSERT_PASSAGES: Final = insert(PassageRow)
_PUT: Final = upsert(PlaceRow)
_PUT_PLACES: Final = _PUT.on_conflict_do_update(
    index_elements=[PlaceRow.hash],
    set_={name: getattr(_PUT.excluded, name) for name in ("question_id", "kind", "message_id")},
)


def insert_questions(connection: Connection, questions: list[LoggedQuestion]) -> list[int]:
    """Write questions with their passages and places, in the transaction of ``connection``; their ids, in order.

    A place where another question stood is this one's from now on.
    """
    # Nobody else writes in this transaction: the ids are known beforehand, and the driver writes all rows in one call.
    first = (connection.scalar(_LAST_ID) or 0) + 1
    ids = list(range(first, first + len(questions)))
    if questions:
        connection.execute(_INSERT_QUESTIONS, list(map(_question_values, questions, ids)))
    numbered = list(zip(ids, questions, strict=True))
    passages = [_values(shown, _PASSAGE_COLUMNS, number) for number, each in numbered for shown in each.passages]
    if passages:
        connection.execute(_INSERT_PASSAGES, passages)
    places = [_values(place, _PLACE_COLUMNS, number) for number, each in numbered for place in each.places]
    if places:
        connection.execute(_PUT_PLACES, places)
    return ids


def id_of(connection: Connection, key: str) -> int | None:
    """Of the question with this key; None if there is none."""
    return connection.scalar(_ID_OF, {"wanted": key})


def add_shown(connection: Connection, calls: list[tuple[str, Sequence[ShownPassage]]]) -> list[bool]:
    """Write passages that were shown later; whether there was a question with that key, for each call."""
    results = []
    for key, passages in calls:
        number = id_of(connection, key)
        results.append(number is not None)
        if number is None:
            continue
        known = {tuple(row) for row in connection.execute(_SHOWN, {"question": number})}
        new = {(each.rank, each.sha256, each.start, each.end): each for each in passages}
        rows = [_values(each, _PASSAGE_COLUMNS, number) for quote, each in new.items() if quote not in known]
        if rows:
            connection.execute(_INSERT_PASSAGES, rows)
    return results


def add_places(connection: Connection, calls: list[tuple[str, Place]]) -> list[bool]:
    """Write places that came later; whether there was a question with that key, for each call."""
    numbered = [(id_of(connection, key), place) for key, place in calls]
    rows = [_values(place, _PLACE_COLUMNS, number) for number, place in numbered if number is not None]
    if rows:
        connection.execute(_PUT_PLACES, rows)
    return [number is not None for number, _ in numbered]


def read_questions(session: Session, query: Select[QuestionRow], *, whole: bool = True) -> list[LoggedQuestion]:
    """The questions that a query selects.

    Args:
        session: what to ask.
        query: selects whole rows.
        whole: with their passages and places.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    together = (selectinload(QuestionRow.passages), selectinload(QuestionRow.places)) if whole else ()
    return [_question(row, whole=whole) for row in read_rows(session, QuestionRow, query, *together)]


def read_passages(session: Session, last: int, limit: int) -> list[tuple[int, int, ShownPassage]]:
    """The next passages behind the row ``last``: row, question's id, passage.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    query = select(PassageRow).where(PassageRow.id > last).order_by(PassageRow.id).limit(limit)
    return [(row.id, row.question_id, _shown(row)) for row in read_rows(session, PassageRow, query)]


def read_places(session: Session, query: Select[PlaceRow]) -> list[Place]:
    """The places that a query selects.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    return [_place(row) for row in read_rows(session, PlaceRow, query)]


def conditions(wanted: LogFilter) -> Iterator[Any]:
    """What rows must fulfil to pass a filter."""
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


def _values(record: ShownPassage | Place, columns: list[str], number: int) -> dict[str, Any]:
    return {"question_id": number} | {name: getattr(record, name) for name in columns}


def _question(row: QuestionRow, *, whole: bool) -> LoggedQuestion:
    values = {name: getattr(row, name) for name in ("id", *_QUESTION_COLUMNS)}
    if isinstance(row.missing_terms, list):
        values["missing_terms"] = tuple(row.missing_terms)
    if whole:
        values |= {"passages": tuple(map(_shown, row.passages)), "places": tuple(map(_place, row.places))}
    return well_typed(LoggedQuestion(**values), QuestionRow, row.id)


def _shown(row: PassageRow) -> ShownPassage:
    found = ShownPassage(**{name: getattr(row, name) for name in _PASSAGE_COLUMNS})
    return well_typed(found, PassageRow, row.id)


def _place(row: PlaceRow) -> Place:
    return well_typed(Place(**{name: getattr(row, name) for name in _PLACE_COLUMNS}), PlaceRow, row.hash)
