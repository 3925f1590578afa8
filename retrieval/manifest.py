"""What the admin says about the articles: `manifest.toml` beside them, checked entry by entry."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

import regex

from retrieval.model import Published
from retrieval.toml_text import read_toml
from retrieval.values import BadValueError, language_code, one_line, web_address

MANIFEST: Final = "manifest.toml"
T = TypeVar("T")
_HEADER: Final = regex.compile(r"^\s*\[")
_ARTICLE_HEADER: Final = regex.compile(r"^\s*\[\[\s*article\s*\]\]")
_KEY_END: Final = regex.compile(r"[=.\]]")
_PARTIAL_DATE: Final = regex.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_SYNTAX_PLACE: Final = regex.compile(r" \(at [^)]*\)$")
_SYNTAX_LINE: Final = regex.compile(r"at line (\d+)")
_KEYS: Final = ("file", "id", "title", "publisher", "published", "approximate", "language", "url")


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was not taken into the corpus.

    Attributes:
        path: of the file that holds it, relative to the corpus folder.
        line: in that file, from 1; None when the whole file is meant.
        reason: what is wrong, and what to do about it.
        passing: whether it may be gone at the next reading, though nothing was changed.
    """

    path: str
    line: int | None
    reason: str
    passing: bool = False

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


def read_manifest(folder: Path, files: AbstractSet[str]) -> Manifest:
    """The manifest of a corpus folder; an empty one when there is none. Never raises for what the file holds.

    Args:
        folder: of the corpus.
        files: the paths in it that an entry may name.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return Manifest()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        return Manifest({}, (Rejection(MANIFEST, line, "not UTF-8: save it as UTF-8"),))
    except OSError as error:
        return Manifest({}, (Rejection(MANIFEST, None, f"cannot be read: {error.strerror}"),))
    rejections: list[Rejection] = []
    tables = _tables(text.replace("\r\n", "\n").split("\n"), rejections)
    entries = _collect(files, tables, rejections)
    return Manifest(entries, tuple(rejections))


def _tables(lines: list[str], rejections: list[Rejection]) -> list["_Table"]:
    """The `[[article]]` tables. Where one is not valid TOML, it alone is left out."""
    starts = [at for at, line in enumerate(lines) if _ARTICLE_HEADER.match(line)]
    try:
        whole = read_toml("\n".join(lines))
    except ValueError:
        bounds = sorted({0, *starts, len(lines)})
        pieces = [(start, lines[start:end]) for start, end in pairwise(bounds)]
        return list(_valid(lines, pieces, rejections))
    unknown = whole.keys() - {"article"}
    places = _first_lines(lines) if unknown else {}
    for key in unknown:
        reason = f"unknown table {key!r}: articles are written as [[article]] tables"
        rejections.append(Rejection(MANIFEST, places.get(key, 1), reason))
    values = whole.get("article", [])
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        rejections.append(Rejection(MANIFEST, 1, "articles must be written as [[article]] tables"))
        return []
    heads = starts if len(starts) == len(values) else [0] * len(values)
    return [_Table(lines, start, each) for start, each in zip(heads, values, strict=True)]


def _first_lines(lines: Sequence[str]) -> dict[str, int]:
    """The line, from 1, where a key or a table of this name stands first."""
    found: dict[str, int] = {}
    for at, line in enumerate(lines, start=1):
        found.setdefault(_KEY_END.split(line.lstrip("[ \t"), maxsplit=1)[0].strip().strip("'\""), at)
    return found


def _valid(lines: list[str], pieces: list[tuple[int, list[str]]], rejections: list[Rejection]) -> Iterator["_Table"]:
    for start, piece in pieces:
        try:
            values = read_toml("\n".join(piece)).get("article", [])
        except ValueError as error:
            found = _SYNTAX_LINE.search(str(error))
            line = start + (int(found[1]) if found else 1)
            reason = _SYNTAX_PLACE.sub("", str(error))
            rejections.append(Rejection(MANIFEST, line, f"not valid TOML ({reason}): this entry was left out"))
        else:
            yield from (_Table(lines, start, each) for each in values if isinstance(each, dict))


def _collect(files: AbstractSet[str], tables: list["_Table"], rejections: list[Rejection]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for table in tables:
        entry = table.entry()
        rejections += table.rejections
        if entry is None:
            continue
        if entry.file in entries:
            rejections.append(Rejection(MANIFEST, entry.line, f"a second entry for {entry.file}; the first one counts"))
        elif entry.file not in files:
            rejections.append(Rejection(MANIFEST, entry.line, f"no such file: {entry.file}; add it or drop the entry"))
        else:
            entries[entry.file] = entry
    return entries


class _Table:
    """One `[[article]]` table while it is being checked."""

    def __init__(self, lines: list[str], start: int, values: Mapping[str, object]) -> None:
        self._lines = lines
        self._start = start
        self._values = values
        self._places: dict[str, int] | None = None
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
            id=self._checked("id", one_line),
            title=self._checked("title", one_line),
            publisher=self._checked("publisher", one_line),
            published=self._published(),
            language=self._checked("language", language_code),
            url=self._checked("url", web_address),
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
        except BadValueError as error:
            self._reject(key, f"{key} = {self._values[key]!r}: {error}")
            return None

    def _reject(self, key: str, reason: str) -> None:
        self.rejections.append(Rejection(MANIFEST, self._line_of(key), reason))

    def _line_of(self, key: str) -> int:
        """The line, from 1, where this table sets ``key``; of its header when it does not."""
        if self._places is None:
            own = takewhile(lambda line: not _HEADER.match(line), islice(self._lines, self._start + 1, None))
            self._places = _first_lines(list(own))
        return self._start + 1 + self._places.get(key, 0)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValueError("must be true or false")
    return value


def _file(value: object) -> str:
    path = PurePosixPath(one_line(value))
    if path.is_absolute() or ".." in path.parts:
        raise BadValueError("must be a path inside the corpus folder")
    return path.as_posix()


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
            raise BadValueError(str(error)) from error
        return value
    raise BadValueError('must be a date like 2023-04-24, or "2023-04" or "2023"')
