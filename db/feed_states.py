"""What is known of each feed, and which of its entries were dealt with?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

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
        with self._database.explained():
            async with self._database.reading() as session:
                rows = await read_rows(session, FeedRow, select(FeedRow).where(FeedRow.url == url))
                return _state(rows[0]) if rows else None

    async def put(self, state: FeedState) -> None:
        """Remember this of a feed, and forget what was known of it before.

        Raises:
            LogError: it was not written.
        """
        await self._put(FeedRow, asdict(state), "url")

    async def seen(self, url: str, entries: Sequence[str]) -> frozenset[str]:
        """Those of a feed's entries that were dealt with, whatever became of them.

        Raises:
            LogError: they cannot be read.
        """
        found: set[str] = set()
        with self._database.explained():
            async with self._database.reading() as session:
                for start in range(0, len(entries), _BATCH):
                    some = FeedEntryRow.entry.in_(entries[start : start + _BATCH])
                    query = select(FeedEntryRow.entry).where(FeedEntryRow.feed == url, some)
                    found.update(await session.scalars(query))
        return frozenset(found)

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
        values = {"feed": url, "entry": entry, "result": result, "marked_at": at}
        await self._put(FeedEntryRow, values, "feed", "entry")

    async def _put(self, table: type[Base], values: dict[str, Any], *key: str) -> None:
        query = insert(table).values(values)
        news = {name: query.excluded[name] for name in values if name not in key}
        with self._database.explained():
            async with self._database.writing() as connection:
                await connection.execute(query.on_conflict_do_update(index_elements=key, set_=news))


def _state(row: FeedRow) -> FeedState:
    state = FeedState(**{each.name: getattr(row, each.name) for each in fields(FeedState)})
    return well_typed(state, FeedRow, row.url)
