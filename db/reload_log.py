"""Who reloaded the articles, when, and with what result? Written once, read by people."""

from dataclasses import fields, replace
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from db.database import Database
from db.records import LoggedReload
from db.rows import read_rows, well_typed
from db.tables import ReloadRow

_MOST_REJECTIONS: Final = 100
_LISTS: Final = ("failures", "rejections")


class ReloadLog:
    """All reloads that were tried.

    Args:
        database: where they are written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, reload: LoggedReload) -> int:
        """Write one reload; the id that it got.

        Raises:
            LogError: it was not written.
        """
        kept = replace(reload, rejections=reload.rejections[:_MOST_REJECTIONS])
        return await self._database.write(_insert, kept)

    async def latest(self, limit: int = 20) -> list[LoggedReload]:
        """The newest reloads, newest first.

        Raises:
            LogError: the log cannot be read.
        """
        query = select(ReloadRow).order_by(ReloadRow.id.desc()).limit(limit)
        return await self._database.read(lambda session: list(map(_reload, read_rows(session, ReloadRow, query))))


def _insert(connection: Connection, reloads: list[LoggedReload]) -> list[int]:
    query = insert(ReloadRow).returning(ReloadRow.id)
    return [connection.scalars(query, _values(each)).one() for each in reloads]


def _values(reload: LoggedReload) -> dict[str, Any]:
    values = {each.name: getattr(reload, each.name) for each in fields(reload) if each.name != "id"}
    return values | {name: list(values[name]) for name in _LISTS}


def _reload(row: ReloadRow) -> LoggedReload:
    values = {each.name: getattr(row, each.name) for each in fields(LoggedReload)}
    lists = {name: tuple(values[name]) for name in _LISTS if isinstance(values[name], list)}
    return well_typed(LoggedReload(**{**values, **lists}), ReloadRow, row.id)
