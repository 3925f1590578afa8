"""How is the database copied while others write into it? As it is at one moment, whole or not at all."""

import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import make_url

from db.errors import LogError
from db.faults import way_out


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made.

    Attributes:
        size: in bytes.
        questions: how many it holds.
        waiting: updates in it that were not dealt with at that moment.
    """

    size: int
    questions: int
    waiting: int


def back_up(url: str, target: Path) -> Backup:
    """Copy a database into a file of its own. Nobody who writes waits for it, and what they write later is not in it.

    Args:
        url: of the database, of whatever version of this program.
        target: must not be there yet; its folder must.

    Raises:
        LogError: there is no such database, it is damaged, or the copy cannot be written. Then no copy is there.
    """
    source = Path(make_url(url).database or "")
    if not source.is_file():
        raise LogError(f"there is no query log at {source}; name another with DATABASE_URL")
    if os.path.lexists(target):
        raise LogError(f"{target} is there already, and a backup overwrites nothing: name another file")
    try:
        # The folder goes with all that a copy that failed leaves behind.
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
            copy = Path(folder) / "copy.db"
            _copy(source, copy)
            made = _checked(copy, source)
            copy.chmod(source.stat().st_mode & 0o777)
            _put(copy, target)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or f"{error}{way_out(error)}"
        raise LogError(f"the query log at {source} cannot be copied to {target}: {reason}") from error
    return made


def _copy(source: Path, copy: Path) -> None:
    address = f"file:{quote(str(source.absolute()))}?mode=rw"
    with closing(sqlite3.connect(address, uri=True)) as original, closing(sqlite3.connect(copy)) as other:
        original.backup(other)  # all pages in one step: what is written meanwhile does not make it begin anew
        other.execute("PRAGMA journal_mode=DELETE")  # one file, whoever opens it


def _checked(copy: Path, source: Path) -> Backup:
    with closing(sqlite3.connect(copy)) as connection:
        [(found,), *_] = connection.execute("PRAGMA integrity_check")
        if found != "ok":
            raise LogError(f"the query log at {source} is damaged, and so would be its copy: {found}")
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names >= {"alembic_version", "question"}:
            raise LogError(f"{source} holds no query log; name another with DATABASE_URL")
        [questions] = connection.execute("SELECT count(*) FROM question").fetchone()
        waiting = 0
        if "inbox" in names:
            [waiting] = connection.execute("SELECT count(*) FROM inbox WHERE closed_at IS NULL").fetchone()
    return Backup(copy.stat().st_size, questions, waiting)


def _put(copy: Path, target: Path) -> None:
    """Give the copy its name, unless somebody else took it meanwhile."""
    target.touch(exist_ok=False)
    copy.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
