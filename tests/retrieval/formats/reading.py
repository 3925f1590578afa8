"""Files made for tests, and what is read from them."""

from pathlib import Path

from retrieval import Rejection
from retrieval.formats import Draft, read_file


def read(folder: Path, name: str, content: str | bytes) -> tuple[list[Draft], list[str]]:
    """The drafts of a file with this content, and its rejections as "line: reason"."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(read_file(file, name))
    drafts = [each for each in found if isinstance(each, Draft)]
    return drafts, [f"{each.line}: {each.reason}" for each in found if isinstance(each, Rejection)]


def only(folder: Path, name: str, content: str | bytes) -> Draft:
    """The one draft of a file of which nothing is rejected."""
    (draft,), rejections = read(folder, name, content)
    assert rejections == []
    return draft
