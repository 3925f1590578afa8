"""What does an error of SQLite mean, and what is the way out?"""

import sqlite3
from typing import Final

from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError, StatementError

from db.errors import LogError, RowError

_PRIMARY: Final = 0xFF  # SQLite's extended codes hold the plain one in their lowest byte
_RIGHTS: Final = "the bot's user must be allowed to write this file and the folder around it"
_WAYS_OUT: Final = {
    sqlite3.SQLITE_FULL: "free some space on that disk; nothing else needs to be done",
    sqlite3.SQLITE_READONLY: _RIGHTS,
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_AUTH: _RIGHTS,
    sqlite3.SQLITE_CANTOPEN: f"its folder must be there, and {_RIGHTS}",
    sqlite3.SQLITE_BUSY: "another program holds it; end that program, or let it finish what it writes",
    sqlite3.SQLITE_LOCKED: "another program holds it; end that program, or let it finish what it writes",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; stop the bot, then restore a backup or move the file away",
    sqlite3.SQLITE_NOTADB: "restore a backup, or name another file with DATABASE_URL",
    sqlite3.SQLITE_IOERR: "the disk may be failing or full; look into the system's log",
}


def place_of(url: URL) -> str:
    """The address as people may see it."""
    return url.render_as_string(hide_password=True)


def is_about_a_row(error: Exception) -> bool:
    """Whether another entry, or the same one without its fault, could be written."""
    if isinstance(error, DBAPIError):
        return isinstance(error, IntegrityError | DataError | InterfaceError | ProgrammingError)
    return isinstance(error, StatementError | ValueError | TypeError | OverflowError)


def explained(url: URL, error: Exception, *, writing: bool = False) -> LogError:
    """The error that says which database it is, what is wrong with it, and the way out.

    Args:
        url: of the database.
        error: of the driver or of SQLAlchemy. One that is explained already comes back as another of its kind, so
            that each who waited may raise their own.
        writing: whether something was to be written, whose own fault it may be.
    """
    if isinstance(error, LogError):
        return type(error)(*error.args)
    # SQLAlchemy's own text repeats the statement with its values: the driver's is enough.
    cause = getattr(error, "orig", None) or error
    if writing and is_about_a_row(error):
        return RowError(f"the query log at {place_of(url)} does not take this entry: {cause}")
    return LogError(f"the query log at {place_of(url)} cannot be used: {cause}{way_out(cause)}")


def way_out(error: BaseException) -> str:
    """What to do about an error of SQLite, in brackets; empty where nothing is known."""
    code = getattr(error, "sqlite_errorcode", None)
    known = _WAYS_OUT.get(code & _PRIMARY) if isinstance(code, int) else None
    return f" ({known})" if known else ""
