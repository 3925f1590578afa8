"""How is a version kept, what is between two of them, and what is left when one is forgotten?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from retrieval.corpus import duplicate
from retrieval.manifest import Rejection
from retrieval.model import Article
from retrieval.store.environment import Reader, Table, Writer
from retrieval.store.records import (
    KEY_BYTES,
    File,
    Files,
    Row,
    Sheet,
    article_of,
    digest,
    files_of,
    files_record,
    sheet_of,
    told_as_damage,
    unwritten,
    written,
)
from retrieval.store.summary import Summary

_DUPLICATES: Final = "\0duplicates"  # stands for a path among the rejections
_Claim = tuple[int, str, Row]  # number of the source, path of the file, the article


@dataclass(frozen=True, slots=True)
class Version:
    """Everything that can be quoted together: its files, and what is told of it."""

    files: Files
    summary: Summary

    @property
    def name(self) -> str:
        """The same for the same articles and aliases, always."""
        return self.summary.name


@dataclass(frozen=True, slots=True)
class Change:
    """What is between two versions: articles by id, as they were and as they are; None where there is none."""

    articles: Mapping[str, tuple[Row | None, Row | None]]

    @property
    def gone(self) -> list[Row]:
        """The articles that the later version has not, or not so."""
        return [before for before, after in self.articles.values() if before and before != after]

    @property
    def new(self) -> list[Row]:
        """The articles that the earlier version has not, or not so."""
        return [after for before, after in self.articles.values() if after and before != after]


def put_version(version: Version, tables: Writer) -> None:
    """Keep a version."""
    tables.put(Table.VERSIONS, version.name.encode(), files_record(version.files))
    tables.put(Table.SUMMARIES, version.name.encode(), version.summary.record())


def summary_called(name: str, tables: Reader) -> Summary | None:
    """What is told of a version; None when it is not kept."""
    found = tables.get(Table.SUMMARIES, name.encode())
    return Summary.of(found) if found else None


def version_called(name: str, tables: Reader) -> Version | None:
    """A version; None when it is not kept."""
    summary, found = summary_called(name, tables), tables.get(Table.VERSIONS, name.encode())
    return Version(files_of(found), summary) if summary and found else None


def sheet_at(file: File | None, tables: Reader) -> Sheet:
    """What was read from a file; an empty sheet for no file."""
    record = tables.get(Table.SHEETS, bytes.fromhex(file.sheet)) if file else None
    return sheet_of(record) if record else Sheet((), (), ())


def article_at(key: str, tables: Reader) -> Article | None:
    """The article with a key in hex; None when it is not kept."""
    record = tables.get(Table.ARTICLES, bytes.fromhex(key))
    return article_of(record) if record else None


def row_with_id(article_id: str, tables: Reader) -> Row | None:
    """What is told of the article with an id in the version whose claims are in the tables; None when it has none."""
    found = tables.get(Table.IDS, digest(article_id))
    return _claims_of(found)[0][2] if found else None


def rows_of(files: Files, tables: Reader) -> Iterator[Row]:
    """The articles of a version, by the path of their file; of several with one id that of the first source."""
    seen: set[str] = set()
    for path in sorted(files, key=lambda path: (files[path].order, path)):
        for row in sheet_at(files[path], tables).rows:
            if row.id not in seen:
                seen.add(row.id)
                yield row


def move(before: Files, after: Files, summary: Summary, tables: Writer) -> Change:
    """Go from one version's files to another's: which articles change, counting only files that differ.

    Args:
        before: of the version whose claims are in the tables.
        after: of the other one.
        summary: of the version before; becomes that of the other one, but for its name and aliases.
        tables: of the store; the ids that files claim are changed there.
    """
    touched = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    claims = _Claims(tables)
    for path in touched:
        for row in sheet_at(before.get(path), tables).rows:
            claims.give_up(path, row)
        summary.rejections.pop(path, None)
        sheet, file = sheet_at(after.get(path), tables), after.get(path)
        for row in sheet.rows:
            claims.make(file.order if file else 0, path, row)
        if sheet.rejections:
            summary.rejections[path] = sheet.rejections
    change = claims.write()
    known = {each.reason: each for each in summary.rejections.get(_DUPLICATES, ())}
    for reason in claims.settled:
        known.pop(reason, None)
    summary.rejections[_DUPLICATES] = tuple(sorted((*known.values(), *claims.duplicates), key=str))
    summary.change(change.gone, change.new)
    if not summary.knows_the_newest:
        summary.look_for_the_newest(rows_of(after, tables))
    return change


class _Claims:
    """Which files claim which ids. Of several that claim one, the first counts: source by source, then by path."""

    def __init__(self, tables: Writer) -> None:
        self._tables = tables
        self._before: dict[str, list[_Claim]] = {}
        self._now: dict[str, list[_Claim]] = {}
        self.settled: list[str] = []
        self.duplicates: list[Rejection] = []

    def make(self, order: int, path: str, row: Row) -> None:
        """A file has an article with an id."""
        self._of(row.id).append((order, path, row))

    def give_up(self, path: str, row: Row) -> None:
        """A file no longer has this article."""
        self._now[row.id] = [claim for claim in self._of(row.id) if (claim[1], claim[2].key) != (path, row.key)]

    def _of(self, article_id: str) -> list[_Claim]:
        if article_id not in self._now:
            found = self._tables.get(Table.IDS, digest(article_id))
            claims = _claims_of(found) if found else []
            self._before[article_id], self._now[article_id] = claims, list(claims)
        return self._now[article_id]

    def write(self) -> Change:
        """Keep the claims; which articles they change."""
        articles = {}
        for article_id, now in self._now.items():
            now.sort(key=lambda claim: claim[:2])
            before = self._before[article_id]
            if now:
                self._tables.put(Table.IDS, digest(article_id), written(now))
            else:
                self._tables.delete(Table.IDS, digest(article_id))
            self.settled += [each.reason for each in _duplicates(before)]
            self.duplicates += _duplicates(now)
            articles[article_id] = (before[0][2] if before else None, now[0][2] if now else None)
        return Change(articles)


@told_as_damage
def _claims_of(record: bytes) -> list[_Claim]:
    """The claims to one id, that which counts first."""
    return [(order, path, Row(*row)) for order, path, row in unwritten(record)]


def _duplicates(claims: Sequence[_Claim]) -> list[Rejection]:
    return [duplicate((row.id, row.path), claims[0][2].path, None) for _, _, row in claims[1:]]


def keep(rows: Iterable[Row], tables: Writer) -> None:
    """Let articles be found by their bodies."""
    for row in rows:
        body = bytes.fromhex(row.sha256)
        before, key = tables.get(Table.BODIES, body) or b"", bytes.fromhex(row.key)
        if key not in _parted(before):
            tables.put(Table.BODIES, body, before + key)


def forget(version: Version, kept: Sequence[Version], tables: Writer) -> None:
    """Drop those sheets and articles of a version that none of the others has, and the version unless it is one."""
    for path, file in version.files.items():
        others = [each.files[path] for each in kept if path in each.files]
        if file in others:
            continue
        sheets = [sheet_at(other, tables) for other in others]
        _drop(sheet_at(file, tables).rows, {row.key for sheet in sheets for row in sheet.rows}, tables)
        if all(other.sheet != file.sheet for other in others):
            tables.delete(Table.SHEETS, bytes.fromhex(file.sheet))
    if version.name not in {each.name for each in kept}:
        tables.delete(Table.VERSIONS, version.name.encode())
        tables.delete(Table.SUMMARIES, version.name.encode())


def _drop(rows: Iterable[Row], kept: set[str], tables: Writer) -> None:
    for row in rows:
        if row.key in kept:
            continue
        key, body = bytes.fromhex(row.key), bytes.fromhex(row.sha256)
        tables.delete(Table.ARTICLES, key)
        others = [each for each in _parted(tables.get(Table.BODIES, body) or b"") if each != key]
        if others:
            tables.put(Table.BODIES, body, b"".join(others))
        else:
            tables.delete(Table.BODIES, body)


def _parted(keys: bytes) -> list[bytes]:
    return [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]
