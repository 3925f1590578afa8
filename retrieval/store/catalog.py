"""A version of a corpus as a person is told of it, read from the store as it is asked for."""

import re
from collections.abc import Iterator
from typing import Final

from retrieval.manifest import Rejection
from retrieval.model import Article
from retrieval.store.environment import Reader, Table
from retrieval.store.records import KEY_BYTES
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

    def newest(self, limit: int) -> tuple[Article, ...]:
        """The articles that appeared last, the newest first; at most `retrieval.store.summary.NEWEST`."""
        return tuple(article for key in self._newest[:limit] if (article := article_at(key, self._tables)))

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
        version = version_called(self.version, self._tables)
        keys = (row.key for row in rows_of(version.files, self._tables)) if version else ()
        return (article for key in keys if (article := article_at(key, self._tables)))
