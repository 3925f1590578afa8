"""How does a row of a table, whatever its file looks like, become an article?"""

from collections.abc import Mapping
from typing import Final

from retrieval.formats.draft import Draft, Found, UnreadableError, described, short_line
from retrieval.manifest import Rejection
from retrieval.values import BadValueError

COLUMNS: Final = ("text", "title", "url", "published", "publisher", "language", "id")
"""What a row may say; its other columns are passed over."""


def read_row(row: Mapping[str, object], path: str, line: int) -> Found:
    """The article of one row, or why it is none.

    Args:
        row: by column.
        path: of the file.
        line: where the row begins in the file, from 1.
    """
    try:
        text, part = _text(row), _part(row, line)
    except UnreadableError as error:
        yield Rejection(path, line, error.reason)
        return
    facts = {key: row.get(key) for key in COLUMNS if key not in {"text", "id"}}
    yield from described(Draft(text, part=part, line=line), facts, path)


def _text(row: Mapping[str, object]) -> str:
    text = row.get("text")
    if text is None:
        raise UnreadableError("a row without text: give it a text, or take it out")
    if not isinstance(text, str):
        raise UnreadableError("text is no text: write it in quotes")
    if not text.strip():
        raise UnreadableError("empty: its text holds nothing")
    return text


def _part(row: Mapping[str, object], line: int) -> str:
    """The row's id, failing that its line; ids of different files may be the same."""
    given = row.get("id")
    if given is None or given == "":
        return str(line)
    try:
        return short_line(given)
    except BadValueError as error:
        raise UnreadableError(f"its id {error}") from error
