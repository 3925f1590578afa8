"""Which reader reads which kind of file, and can be quoted what it found?"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from retrieval.formats.decoding import is_garbled
from retrieval.formats.draft import LONGEST_BODY, MEGABYTE, Draft, Found, Reader, UnreadableError
from retrieval.formats.json_lines import read_json_lines
from retrieval.formats.markdown import read_markdown
from retrieval.formats.opening import LARGEST_FILE, LARGEST_TEXT
from retrieval.formats.plain_text import read_plain_text
from retrieval.formats.table import read_table
from retrieval.formats.web_page import read_web_page
from retrieval.manifest import Rejection

READERS: Final[Mapping[str, Reader]] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".jsonl": read_json_lines,
    ".csv": read_table,
}
"""By the end of the name, in lower case."""
_TEXTS: Final = frozenset({".txt", ".md", ".html", ".htm"})


def kind_of(path: str) -> str:
    """What the name ends with, in lower case, when files of that kind can be read.

    Raises:
        UnreadableError: they cannot.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in READERS:
        raise UnreadableError(f"not a kind of file that can be read: save its text as {known_kinds()}, or move it away")
    return suffix


def known_kinds() -> str:
    """The kinds of files that can be read, in words."""
    *first, last = READERS
    return f"{', '.join(first)} or {last}"


def largest(suffix: str) -> int:
    """How many bytes a file of a kind may have."""
    return LARGEST_TEXT if suffix in _TEXTS else LARGEST_FILE


def read_document(data: bytes, path: str, suffix: str) -> Found:
    """The articles of a file that can be quoted, and why the others cannot. Never raises for what the file holds.

    Args:
        data: the whole file.
        path: as rejections name it.
        suffix: what it is read as, from `kind_of`.
    """
    lines: dict[str, int | None] = {}
    try:
        for found in READERS[suffix](data, path):
            yield found if isinstance(found, Rejection) else _checked(found, path, lines)
    except UnreadableError as error:
        yield Rejection(path, error.line, error.reason)


def _checked(draft: Draft, path: str, lines: dict[str, int | None]) -> Draft | Rejection:
    """The draft, or why it is not used; notes its part."""
    place = path if draft.line or not draft.part else f"{path}#{draft.part}"
    reason = _fault(draft)
    if not reason and draft.part in lines:
        first = lines[draft.part]
        reason = f"duplicate id {draft.part!r}: the one {f'in line {first}' if first else 'above'} counts"
    if reason:
        return Rejection(place, draft.line, reason)
    lines[draft.part] = draft.line
    return draft


def _fault(draft: Draft) -> str:
    """Why a body cannot be quoted; empty when it can."""
    body = draft.body
    if "\0" in body:
        return "holds NUL characters: not a text"
    try:
        size = len(body.encode())
    except UnicodeEncodeError:
        return "holds half a character, a lone surrogate: write the whole one"
    if size > LONGEST_BODY:
        return f"a text of more than {LONGEST_BODY // MEGABYTE} MB: part it into several articles"
    if is_garbled(body):
        return "reads like UTF-8 that was taken for Latin-1 (“cafÃ©”): save it again, as UTF-8, from where it came"
    return ""
