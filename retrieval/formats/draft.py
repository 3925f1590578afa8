"""What does a file say of one article, and why can one not be used?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from retrieval.formats.dates import read_date
from retrieval.manifest import Rejection
from retrieval.model import Published
from retrieval.values import BadValueError, language_code, one_line, web_address

MEGABYTE: Final = 1_000_000
LONGEST_BODY: Final = 20 * MEGABYTE
"""Bytes of UTF-8 that the text of one article has at most; the longest novels have a third of it."""
_LONGEST_NAME: Final = 500  # code points
_SHOWN: Final = 60  # characters of a wrong value that are said again
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says of one article, before it is laid out. What it does not say is None, never a guess.

    Attributes:
        body: verbatim: what quotes are cut from.
        part: which part of the file, unique in it: a row's id, a member's name; empty for a file that is one article.
        line: where the article begins in the file, from 1, where a file has lines.
        pages: where in the body each page begins, ascending, the first at 0; empty where there are no pages.
    """

    body: str
    part: str = ""
    line: int | None = None
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: Published | None = None
    language: str | None = None
    url: str | None = None
    pages: tuple[int, ...] = ()


Found = Iterator[Draft | Rejection]
"""What a reader gives: articles, and what it could not use, in the order of the file."""
Reader = Callable[[bytes, str], Found]
"""Reads the bytes of a file, called by the path that rejections name; raises UnreadableError for all of it."""


class UnreadableError(Exception):
    """Why a file or a part of it is no article, with the line if there is one, and the way out.

    Args:
        reason: as a rejection says it.
        line: from 1.
        passing: it may be gone at the next reading, though nothing was changed.
    """

    def __init__(self, reason: str, line: int | None = None, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.passing = passing

    def rejection(self, path: str) -> Rejection:
        """What is reported of it.

        Args:
            path: of the file or the part of one.
        """
        return Rejection(path, self.line, self.reason, self.passing)


def described(
    draft: Draft, values: Mapping[str, object], path: str, *, line: int | None = None, approximate: bool = False
) -> Found:
    """The draft with what is said about it; a value that cannot be used is reported and left out.

    Args:
        draft: without facts.
        values: by field of `Draft`; None and blank texts say nothing.
        path: that rejections name.
        line: that rejections name; the draft's unless given.
        approximate: a date among the values says something near to the day on which the article appeared.
    """
    faults: list[Rejection] = []

    def read(key: str, check: Callable[[object], T]) -> T | None:
        value = values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return check(value)
        except BadValueError as error:
            faults.append(Rejection(path, line or draft.line, f"{key} = {shown(value)} was not used: it {error}"))
            return None

    date = read("published", _date)
    yield replace(
        draft,
        id=read("id", short_line),
        title=read("title", short_line),
        publisher=read("publisher", short_line),
        published=Published(date, approximate) if date else None,
        language=read("language", _language),
        url=read("url", web_address),
    )
    yield from faults


def short_line(value: object) -> str:
    """A text that can be a name: of one line, and not endless.

    Raises:
        BadValueError: it is none.
    """
    text = one_line(value)
    if len(text) > _LONGEST_NAME:
        raise BadValueError(f"is longer than {_LONGEST_NAME} characters")
    return text


def shown(value: object) -> str:
    """A value as it can be said in a report: one short line."""
    if not isinstance(value, str):
        return f"a {type(value).__name__}"
    text = repr(value[: _SHOWN + 1])
    return text if len(value) <= _SHOWN else text[:_SHOWN] + "…"


def _date(value: object) -> str:
    found = read_date(value) if isinstance(value, str) else None
    if found is None:
        raise BadValueError("must be a date like 2023-04-24, 2023-04 or 2023")
    return found


def _language(value: object) -> str:
    """A code with its region left out: "en-GB" and "en_US" are "en"."""
    text = one_line(value).lower().replace("_", "-")
    return language_code(text.partition("-")[0])
