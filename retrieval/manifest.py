"""What the admin says about the articles: `manifest.toml` beside them, checked entry by entry."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar
from urllib.parse import urlsplit

import regex

from retrieval.model import Published

MANIFEST: Final = "manifest.toml"
T = TypeVar("T")
_HEADER: Final = regex.compile(r"^\s*\[")
_ARTICLE_HEADER: Final = regex.compile(r"^\s*\[\[\s*article\s*\]\]")
_PARTIAL_DATE: Final = regex.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_LANGUAGE: Final = regex.compile(r"[a-z]{2,3}")
_SYNTAX_LINE: Final = regex.compile(r"at line (\d+)")
_KEYS: Final = ("file", "id", "title", "publisher", "published", "approximate", "language", "url")


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was not taken into the corpus.

    Attributes:
        path: of the file that holds it, relative to the corpus folder.
        line: in that file, from 1; None when the whole file is meant.
        reason: what is wrong, and what to do about it.
    """

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one `[[article]]` of the manifest says; a field that was wrong or left out is None."""

    file: str
    line: int
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: Published | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries by file, and what was wrong with the rest."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()


class _BadValueError(ValueError):
    """A value that a key cannot have; the message says what it can."""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a corpus folder; an empty one when there is none. Never raises for what the file holds."""
    path = folder / MANIFEST
    if not path.is_file():
        return Manifest()
    try:
        text = path.read_bytes().decode("utf-8-sig")
        tables = tomllib.loads(text).get("article", [])
    except UnicodeDecodeError as error:
        return _unreadable(1 + error.object[: error.start].count(b"\n"), "not UTF-8: save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        return _unreadable(int(found[1]) if found else None, f"not valid TOML ({error}); no entry of it was used")
    except OSError as error:
        return _unreadable(None, f"cannot be read: {error.strerror}")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return _unreadable(1, "articles must be written as [[article]] tables")
    return _collect(folder, [_Table(text, number, table) for number, table in enumerate(tables)])


def _unreadable(line: int | None, reason: str) -> Manifest:
    return Manifest({}, (Rejection(MANIFEST, line, reason),))


def _collect(folder: Path, tables: list["_Table"]) -> Manifest:
    entries: dict[str, Entry] = {}
    rejections: list[Rejection] = []
    for table in tables:
        entry = table.entry()
        rejections += table.rejections
        if entry is None:
            continue
        if entry.file in entries:
            rejections.append(Rejection(MANIFEST, entry.line, f"a second entry for {entry.file}; the first one counts"))
        elif not (folder / entry.file).is_file():
            rejections.append(Rejection(MANIFEST, entry.line, f"no such file: {entry.file}; add it or drop the entry"))
        else:
            entries[entry.file] = entry
    return Manifest(entries, tuple(rejections))


class _Table:
    """One `[[article]]` table while it is being checked."""

    def __init__(self, text: str, number: int, values: Mapping[str, object]) -> None:
        self._lines = text.splitlines()
        self._values = values
        self._start = self._header(number)
        self.rejections: list[Rejection] = []

    def entry(self) -> Entry | None:
        for key in self._values:
            if key not in _KEYS:
                self._reject(key, f"unknown key {key!r}; known are {', '.join(_KEYS)}")
        file = self._checked("file", _file)
        if file is None:
            if "file" not in self._values:
                self._reject("file", "an [[article]] without file = …")
            return None
        return Entry(
            file=file,
            line=self._start + 1,
            id=self._checked("id", _text),
            title=self._checked("title", _text),
            publisher=self._checked("publisher", _text),
            published=self._published(),
            language=self._checked("language", _language),
            url=self._checked("url", _url),
        )

    def _published(self) -> Published | None:
        date = self._checked("published", _date)
        approximate = self._checked("approximate", _flag)
        return Published(date, approximate or False) if date else None

    def _checked(self, key: str, check: Callable[[object], T]) -> T | None:
        if key not in self._values:
            return None
        try:
            return check(self._values[key])
        except _BadValueError as error:
            self._reject(key, f"{key} = {self._values[key]!r}: {error}")
            return None

    def _reject(self, key: str, reason: str) -> None:
        self.rejections.append(Rejection(MANIFEST, self._line_of(key), reason))

    def _header(self, number: int) -> int:
        headers = [at for at, line in enumerate(self._lines) if _ARTICLE_HEADER.match(line)]
        return headers[number] if number < len(headers) else 0

    def _line_of(self, key: str) -> int:
        """The line, from 1, where this table sets ``key``; of its header when it does not."""
        for at in range(self._start + 1, len(self._lines)):
            if _HEADER.match(self._lines[at]):
                break
            if self._lines[at].split("=")[0].strip().strip("'\"") == key:
                return at + 1
        return self._start + 1


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _BadValueError("must be a text that is not empty")
    return " ".join(value.split())


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _BadValueError("must be true or false")
    return value


def _file(value: object) -> str:
    path = PurePosixPath(_text(value))
    if path.is_absolute() or ".." in path.parts:
        raise _BadValueError("must be a path inside the corpus folder")
    return path.as_posix()


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise _BadValueError('must be an ISO 639-1 code in lower case, like "en"')
    return value


def _date(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and _PARTIAL_DATE.fullmatch(value):
        year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
        try:
            dt.date(year, month, day)
        except ValueError as error:
            raise _BadValueError(str(error)) from error
        return value
    raise _BadValueError('must be a date like 2023-04-24, or "2023-04" or "2023"')


def _url(value: object) -> str:
    problem = "must be an address that begins with http:// or https:// and names a host"
    if not isinstance(value, str) or any(c.isspace() or not c.isprintable() for c in value):
        raise _BadValueError(problem)
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise _BadValueError(problem) from error
    if parts.scheme not in {"http", "https"} or not named:
        raise _BadValueError(problem)
    return value
