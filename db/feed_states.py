"""What is known of each feed, and which of its entries were dealt with?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from db.database import Database
from db.records import FeedState
from db.rows import read_rows, well_typed
from db.tables import Base, FeedEntryRow, FeedRow

_BATCH: Final = 500  # values in one statement


class FeedStates:
    """The feeds, by their url.

    Args:
        database: where they are written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, url: str) -> FeedState | None:
        """What is known of a feed; None if nothing is.

        Raises:
            LogError: it cannot be read.
        """
        query = select(FeedRow).where(FeedRow.url == url)
        states = await self._database.read(lambda session: list(map(_state, read_rows(session, FeedRow, query))))
        return states[0] if states else None

    async def put(self, state: FeedState) -> None:
        """Remember this of a feed, and forget what was known of it before.

        Raises:
            LogError: it was not written.
        """
        await self._database.write(_put_states, state)

    async def seen(self, url: str, entries: Sequence[str]) -> frozenset[str]:
        """Those of a feed's entries that were dealt with, whatever became of them.

        Raises:
            LogError: they cannot be read.
        """
        return await self._database.read(lambda session: _seen(session, url, entries))

    async def mark_seen(self, url: str, entry: str, result: str, at: dt.datetime) -> None:
        """Remember that an entry was dealt with, and what became of it the last time.

        Args:
            url: of the feed.
            entry: what the feed calls it.
            result: for people.
            at: with a time zone.

        Raises:
            LogError: it was not written.
        """
        await self._database.write(_put_entries, {"feed": url, "entry": entry, "result": result, "marked_at": at})


def _put_states(connection: Connection, states: list[FeedState]) -> list[None]:
    return _put(connection, FeedRow, [asdict(state) for state in states], "url")


def _put_entries(connection: Connection, entries: list[dict[str, Any]]) -> list[None]:
    return _put(connection, FeedEntryRow, entries, "feed", "entry")


def _put(connection: Connection, table: type[Base], rows: list[dict[str, Any]], *key: str) -> list[None]:
    query = insert(table)
    news = {name: query.excluded[name] for name in rows[0] if name not in key}
    connection.execute(query.on_conflict_do_update(index_elements=key, set_=news), rows)
    return [None] * len(rows)


def _seen(session: Session, url: str, entries: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for start in range(0, len(entries), _BATCH):
        some = FeedEntryRow.entry.in_(entries[start : start + _BATCH])
        found.update(session.scalars(select(FeedEntryRow.entry).where(FeedEntryRow.feed == url, some)))
    return frozenset(found)


def _state(row: FeedRow) -> FeedState:
    state = FeedState(**{each.name: getattr(row, each.name) for each in fields(FeedState)})
    return well_typed(state, FeedRow, row.url)
