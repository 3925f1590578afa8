"""What is told of a version without reading its articles?"""

import heapq
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from retrieval.aliases import Aliases
from retrieval.manifest import Rejection
from retrieval.model import Article
from retrieval.store.environment import Reader, Table, Writer
from retrieval.store.records import (
    NEWEST,
    Version,
    aliases_of,
    article_of,
    rejections_of,
    unwritten,
    version_from,
    version_record,
    written,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A version in a few words: what an index that reads nothing in advance must know at its start.

    Attributes:
        name: of the version.
        article_count: how many articles it has.
        paragraph_count: how many paragraphs can be quoted, copies included.
        languages: ISO 639-1 codes of the paragraphs, the most frequent first.
        publishers: each once, sorted.
        newest: keys of the articles that appeared last, in hex, the newest first.
        rejections: what of the sources was not taken.
        aliases: what else things are called.
    """

    name: str
    article_count: int
    paragraph_count: int
    languages: tuple[str, ...]
    publishers: tuple[str, ...]
    newest: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    aliases: Aliases

    @classmethod
    def of(cls, version: Version) -> Self:
        """Of a version that was read."""
        languages: Counter[str] = Counter()
        for row in version.rows:
            languages.update(row.languages)
        return cls(
            name=version.name,
            article_count=len(version.rows),
            paragraph_count=version.paragraphs,
            languages=tuple(sorted(languages, key=lambda code: (-languages[code], code))),
            publishers=tuple(sorted({row.publisher for row in version.rows if row.publisher})),
            newest=tuple(row.key for row in heapq.nlargest(NEWEST, version.rows, key=lambda row: row.published)),
            rejections=version.rejections,
            aliases=version.aliases,
        )


_LISTED: Final = ("name", "article_count", "paragraph_count", "languages", "publishers", "newest")


def put_version(version: Version, tables: Writer, known: Version | None = None) -> None:
    """Keep a version, its summary, and by which bodies its articles are found.

    Args:
        version: to be kept; its articles are in the tables.
        tables: of the store.
        known: one that is kept already.
    """
    summary = Summary.of(version)
    facts = {name: getattr(summary, name) for name in _LISTED}
    facts["rejections"] = [[each.path, each.line, each.reason] for each in summary.rejections]
    people = [asdict(person) for person in summary.aliases.people]
    facts["aliases"] = {"groups": summary.aliases.groups, "people": people}
    tables.put(Table.SUMMARIES, version.name.encode(), written(facts))
    tables.put(Table.VERSIONS, version.name.encode(), version_record(version))
    keys = {row.key for row in known.rows} if known else set[str]()
    for row in version.rows:
        if row.key not in keys:
            tables.put(Table.BODIES, bytes.fromhex(row.sha256), bytes.fromhex(row.key))


def summary_of(name: str, tables: Reader) -> Summary | None:
    """The summary of a version; None when it is not kept."""
    found = tables.get(Table.SUMMARIES, name.encode())
    if found is None:
        return None
    facts = unwritten(found)
    listed: Any = {name: tuple(facts[name]) if isinstance(facts[name], list) else facts[name] for name in _LISTED}
    return Summary(**listed, rejections=rejections_of(facts), aliases=aliases_of(facts))


def version_called(name: str, tables: Reader) -> Version | None:
    """A whole version; None when it is not kept."""
    found = tables.get(Table.VERSIONS, name.encode())
    return version_from(found) if found else None


def article_at(key: str, tables: Reader) -> Article | None:
    """The article with a key in hex; None when it is not kept."""
    record = tables.get(Table.ARTICLES, bytes.fromhex(key))
    return article_of(record) if record else None


_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class StoredCatalog:
    """A `retrieval.collection.Catalog` that reads articles when it is asked for them.

    Args:
        summary: of the version.
        tables: of the store.
    """

    def __init__(self, summary: Summary, tables: Reader) -> None:
        self.version: str = summary.name
        self.languages: tuple[str, ...] = summary.languages
        self.rejections: tuple[Rejection, ...] = summary.rejections
        self.article_count: int = summary.article_count
        self.paragraph_count: int = summary.paragraph_count
        self._newest = summary.newest
        self._tables = tables

    def newest(self, limit: int) -> tuple[Article, ...]:
        """The articles that appeared last, the newest first; at most `NEWEST`."""
        return tuple(article for key in self._newest[:limit] if (article := article_at(key, self._tables)))

    def with_sha256(self, sha256: str) -> Article | None:
        """An article with this body, of this version or of the one before it."""
        key = self._tables.get(Table.BODIES, bytes.fromhex(sha256)) if _SHA256.fullmatch(sha256) else None
        return article_at(key.hex(), self._tables) if key else None

    def articles(self) -> Iterator[Article]:
        """All of them, by path."""
        version = version_called(self.version, self._tables)
        keys = (row.key for row in version.rows) if version else ()
        return (article for key in keys if (article := article_at(key, self._tables)))
