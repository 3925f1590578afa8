"""What the bot has written into its log, read as anybody may read it."""

import sqlite3
from pathlib import Path
from typing import Any


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query selects from the log below a folder."""
    connection = sqlite3.connect(folder / "log.db")
    found = connection.execute(query).fetchall()
    connection.close()
    return found
