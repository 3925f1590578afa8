"""A version of a corpus as a person is told of it, read from the store as it is asked for."""

import heapq
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from retrieval.collection import Passing
from retrieval.manifest import Rejection
from retrieval.model import Article
from retrieval.same_text import date_of
from retrieval.store.environment import Reader, Table
from retrieval.store.records import KEY_BYTES, Row
from retrieval.store.summary import Summary
from retrieval.store.versions import article_at, row_with_id, rows_of, version_called

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class StoredCatalog:
    """A `retrieval.collection.Catalog` that reads articles when it is asked for them.

    Args:
        summary: of the version.
        tables: of the store.
    """

    def __init__(self, summary: Summary, tables: Reader) -> None:
        self.version: str = summary.name
        self.languages: tuple[str, ...] = summary.languages_by_frequency
        self.rejections: tuple[Rejection, ...] = summary.all_rejections
        self.article_count: int = summary.articles
        self.paragraph_count: int = summary.paragraphs
        self._newest = [key for _, _, key in summary.newest]
        self._tables = tables

    def newest(self, limit: int, passing: Passing | None = None) -> tuple[Article, ...]:
        """The articles that appeared last, the newest first; at most `retrieval.store.summary.NEWEST`, if any pass."""
        if passing is None:
            return tuple(self._read(self._newest[:limit]))
        known = (each for each in self._read(self._newest) if passing(each.publisher, date_of(each)))
        found = tuple(islice(known, limit))
        return found if len(found) == limit else tuple(self._read(self._newest_of_all(limit, passing)))

    def _newest_of_all(self, limit: int, passing: Passing) -> list[str]:
        passed = (row for row in self._rows() if passing(row.publisher, row.published))
        return [row.key for row in heapq.nlargest(limit, passed, key=lambda row: row.published)]

    def _read(self, keys: Iterable[str]) -> Iterator[Article]:
        return (article for key in keys if (article := article_at(key, self._tables)))

    def with_sha256(self, sha256: str) -> Article | None:
        """An article with this body, of this version; failing that of the one before it."""
        keys = self._tables.get(Table.BODIES, bytes.fromhex(sha256)) if _SHA256.fullmatch(sha256) else None
        parted = [keys[at : at + KEY_BYTES].hex() for at in range(0, len(keys), KEY_BYTES)] if keys else []
        found = [article for key in parted if (article := article_at(key, self._tables))]
        return next((each for each in found if self.with_id(each.id) == each), found[0] if found else None)

    def with_id(self, article_id: str) -> Article | None:
        """The article with this id."""
        row = row_with_id(article_id, self._tables)
        return article_at(row.key, self._tables) if row else None

    def articles(self) -> Iterator[Article]:
        """All of them, by the path of their file."""
        return self._read(row.key for row in self._rows())

    def _rows(self) -> Iterator[Row]:
        version = version_called(self.version, self._tables)
        return rows_of(version.files, self._tables) if version else iter(())
