"""Bringing a log's tables to the version that this program knows."""

from typing import Final

from sqlalchemy import Connection, inspect, text

from db.errors import SchemaError

HEAD: Final = "0004"
"""The newest version under `db/migrations/versions`."""


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of `HEAD`.

    Raises:
        SchemaError: the file is another program's.
    """
    return _version(connection) == HEAD


def require_current(connection: Connection) -> None:
    """Pass only tables that need no change.

    Raises:
        SchemaError: there are none, or another program or version wrote them.
    """
    found = _version(connection)
    if found is None:
        raise SchemaError("this file holds no query log yet: ask something first, or name another with DATABASE_URL")
    if found != HEAD:
        raise SchemaError(f"the log has schema version {found!r}, not {HEAD!r}: ask something with the newest program")


def upgrade(connection: Connection) -> None:
    """Create or migrate the tables, in the transaction of ``connection``. Does nothing when they are up to date.

    Raises:
        SchemaError: the file is another program's, or a newer version of this one wrote it.
    """
    found = _version(connection)
    if found == HEAD:
        return
    # Only now: Alembic costs a third of a second to import, and most starts find the tables in place.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaError(f"the log has schema version {found!r}, newer than {HEAD!r}: update this program")
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise SchemaError(f"this database holds another program's tables ({', '.join(tables[:3])}): name another file")
    return None
