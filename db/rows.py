"""How are rows read, and what is said of one that another program damaged? SQLite keeps any value in any column."""

from typing import TypeVar

from sqlalchemy import Select, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from db.errors import LogError
from db.records import Record, mistyped
from db.tables import Base

Row = TypeVar("Row", bound=Base)


def read_rows(session: Session, table: type[Row], query: Select[Row], *options: ORMOption) -> list[Row]:
    """The rows of a query.

    Args:
        session: what to ask.
        table: of the rows.
        query: selects whole rows of the table.
        options: what is to be loaded with them.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    try:
        return list(session.scalars(query.options(*options)))
    except (TypeError, ValueError):
        for key in session.execute(query.with_only_columns(*inspect(table).primary_key)):
            _require_readable(session, table, tuple(key))
        raise


def well_typed(record: Record, table: type[Base], *key: object) -> Record:
    """The record that was made of the row with this key.

    Raises:
        LogError: it holds values of other types than it was declared with; the row is named.
    """
    if wrong := mistyped(record):
        raise damaged(table, key, f"wrong types in {', '.join(wrong)}")
    return record


def _require_readable(session: Session, table: type[Base], key: tuple[object, ...]) -> None:
    try:
        session.get(table, key)
    except (TypeError, ValueError) as error:
        raise damaged(table, key, str(error)) from error


def damaged(table: type[Base], key: tuple[object, ...], reason: str) -> LogError:
    """What is said of the row with this key."""
    return LogError(f"row {', '.join(map(str, key))} of the log's table {table.__tablename__!r} is damaged: {reason}")
