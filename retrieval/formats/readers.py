"""Which reader reads which kind of file, and can be quoted what it found?"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from retrieval.formats.archive import Member, members_of
from retrieval.formats.decoding import is_garbled
from retrieval.formats.draft import LONGEST_BODY, MEGABYTE, Draft, Found, Reader, UnreadableError
from retrieval.formats.feed import read_feed
from retrieval.formats.json_lines import read_json_lines
from retrieval.formats.markdown import read_markdown
from retrieval.formats.markup import lacked_memory
from retrieval.formats.opening import LARGEST_FILE, LARGEST_TEXT, too_large
from retrieval.formats.pdf import read_pdf
from retrieval.formats.plain_text import read_plain_text
from retrieval.formats.table import read_table
from retrieval.formats.web_page import read_web_page
from retrieval.formats.word import read_word
from retrieval.manifest import Rejection

_ARCHIVE: Final = ".zip"
_READERS: Final[Mapping[str, Reader]] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".jsonl": read_json_lines,
    ".csv": read_table,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
}
KINDS: Final = (*_READERS, _ARCHIVE)
"""What the names of files end with that may hold articles, in lower case."""
OWN: Final = frozenset({".txt", ".md", ".jsonl", ".csv"})
"""Those kinds that are read without a parser that could be broken."""
MOST_ARTICLES: Final = 100_000
"""Articles in one file."""
_MOST_REJECTIONS: Final = 1_000  # in one file; of more, nobody reads each
_TEXTS: Final = frozenset({".txt", ".md", ".html", ".htm"})


def kind_of(path: str) -> str:
    """What the name ends with, in lower case, when files of that kind can be read.

    Raises:
        UnreadableError: they cannot.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in KINDS:
        raise UnreadableError("not a kind of file that can be read: save its text as .txt, or move it elsewhere")
    return suffix


def known_kinds() -> str:
    """The kinds of files that can be read, in words."""
    *first, last = KINDS
    return f"{', '.join(first)} or {last}"


def largest(suffix: str) -> int:
    """How many bytes a file of a kind may have."""
    return LARGEST_TEXT if suffix in _TEXTS else LARGEST_FILE


def read_document(data: bytes, path: str, suffix: str) -> Found:
    """The articles of a file that can be quoted, and why the others cannot.

    Never raises for what the file holds, unless that is too much for the memory. Of more than a thousand rejections the
    rest is counted.

    Args:
        data: the whole file.
        path: as rejections name it.
        suffix: what it is read as, from `kind_of`.
    """
    articles = rejections = 0
    for found in _guarded(data, path, suffix):
        articles += isinstance(found, Draft)
        rejections += isinstance(found, Rejection)
        if articles > MOST_ARTICLES:
            yield Rejection(
                path, None, f"more than {MOST_ARTICLES} articles in one file: part it; the rest was not read"
            )
            return
        if isinstance(found, Draft) or rejections <= _MOST_REJECTIONS:
            yield found
    if not articles + rejections:
        yield Rejection(path, None, "empty: it holds no article")
    if rejections > _MOST_REJECTIONS:
        yield Rejection(path, None, f"{rejections - _MOST_REJECTIONS} more rejections, which are not listed")


def _guarded(data: bytes, path: str, suffix: str) -> Found:
    try:
        yield from _members(data, path) if suffix == _ARCHIVE else _checked(_READERS[suffix](data, path), path)
    except UnreadableError as error:
        yield error.rejection(path)
    except MemoryError:
        raise
    except Exception as error:
        if lacked_memory(error):
            raise MemoryError from error
        yield Rejection(
            path, None, f"damaged, or no {suffix} file: open it and save it again, or save its text as .txt"
        )


def _members(data: bytes, path: str) -> Found:
    """The articles of the files in an archive, which are called by their names and parts."""
    for member in members_of(data):
        place = f"{path}#{member.name}"
        try:
            content, suffix = _content(member)
        except UnreadableError as error:
            yield error.rejection(place)
        else:
            for found in _guarded(content, place, suffix):
                yield found if isinstance(found, Rejection) else _named(found, member.name)


def _content(member: Member) -> tuple[bytes, str]:
    suffix = kind_of(member.name)
    if suffix == _ARCHIVE:
        raise UnreadableError("an archive in an archive: unpack it first")
    if isinstance(member.data, UnreadableError):
        raise member.data
    if len(member.data) > largest(suffix):
        raise UnreadableError(too_large(largest(suffix)))
    return member.data, suffix


def _named(draft: Draft, member: str) -> Draft:
    return replace(draft, part=f"{member}#{draft.part}" if draft.part else member, line=None)


def _checked(found: Found, path: str) -> Found:
    """What can be quoted of what was found; and of the parts, each once."""
    lines: dict[str, int | None] = {}
    for each in found:
        yield each if isinstance(each, Rejection) else _usable(each, path, lines)


def _usable(draft: Draft, path: str, lines: dict[str, int | None]) -> Draft | Rejection:
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
    if not body.strip("\ufeff \t\r\n"):
        return "empty: it holds no text"
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
