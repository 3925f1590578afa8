"""What is told of a version without reading its articles, or even the list of them?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from operator import itemgetter
from typing import Any, Final, Self

from retrieval.aliases import Aliases
from retrieval.manifest import Rejection
from retrieval.store.records import (
    Row,
    aliases_of,
    aliases_written,
    rejections_of,
    rejections_written,
    told_as_damage,
    unwritten,
    written,
)

NEWEST: Final = 50
"""Articles that are named: nobody reads more in a chat."""
_SPARE: Final = 2 * NEWEST  # so many more are remembered, in place of those that are taken out

ABOUT_ALL: Final = ""
"""Stands for a path among the rejections that no article's file has: those of manifests and aliases."""


@dataclass(slots=True)
class Summary:
    """A version in a few words, which an index that reads nothing in advance must know at its start.

    Attributes:
        name: of the version.
        articles: how many it has.
        languages: how many paragraphs are in which, copies included.
        publishers: how many articles each has.
        newest: when the articles appeared that appeared last, their paths, and their keys in hex, the newest first;
            those of one day by path.
        complete: whether ``newest`` names all articles.
        rejections: what of the sources was not taken, by the path of the file.
        aliases: what else things are called.
    """

    name: str = ""
    articles: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    publishers: dict[str, int] = field(default_factory=dict)
    newest: list[tuple[str, str, str]] = field(default_factory=list)
    complete: bool = True
    rejections: dict[str, tuple[Rejection, ...]] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=Aliases)

    @property
    def paragraphs(self) -> int:
        """How many can be quoted, copies included."""
        return sum(self.languages.values())

    @property
    def languages_by_frequency(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the paragraphs, the most frequent first."""
        return tuple(sorted(self.languages, key=lambda code: (-self.languages[code], code)))

    @property
    def all_rejections(self) -> tuple[Rejection, ...]:
        """What of the sources was not taken: of manifests and aliases first, then file by file."""
        return tuple(rejection for path in sorted(self.rejections) for rejection in self.rejections[path])

    def change(self, gone: Iterable[Row], new: Iterable[Row]) -> None:
        """Take articles out and put others in."""
        taken = {row.key for row in self._counted(gone, -1)}
        added = [(row.published, row.path, row.key) for row in self._counted(new, 1)]
        kept = [each for each in self.newest if each[2] not in taken]
        self.newest = _newest_first([*kept, *added])
        # What is older than the oldest that is remembered is not known to be next.
        if not self.complete:
            self.newest = self.newest[: self.newest.index(kept[-1]) + 1] if kept else []
        if len(self.newest) > NEWEST + _SPARE:
            self.newest, self.complete = self.newest[: NEWEST + _SPARE], False

    @property
    def knows_the_newest(self) -> bool:
        """Whether so many articles were taken out that the newest must be looked for among all of them."""
        return self.complete or len(self.newest) >= NEWEST

    def look_for_the_newest(self, rows: Iterable[Row]) -> None:
        """Among all articles."""
        found = _newest_first((row.published, row.path, row.key) for row in rows)
        self.newest, self.complete = found[: NEWEST + _SPARE], len(found) <= NEWEST + _SPARE

    def _counted(self, rows: Iterable[Row], by: int) -> Iterator[Row]:
        for row in rows:
            self.articles += by
            for language, count in row.languages.items():
                _count(self.languages, language, by * count)
            if row.publisher:
                _count(self.publishers, row.publisher, by)
            yield row

    def record(self) -> bytes:
        """As it is kept."""
        facts: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        facts["rejections"] = {path: rejections_written(found) for path, found in self.rejections.items() if found}
        facts["aliases"] = aliases_written(self.aliases)
        return written(facts)

    @classmethod
    def of(cls, record: bytes) -> Self:
        """As it was kept."""
        return told_as_damage(cls._read)(record)

    @classmethod
    def _read(cls, record: bytes) -> Self:
        facts: dict[str, Any] = unwritten(record)
        facts["newest"] = [(published, path, key) for published, path, key in facts["newest"]]
        facts["rejections"] = {path: rejections_of(values) for path, values in facts["rejections"].items()}
        facts["aliases"] = aliases_of(facts["aliases"])
        return cls(**facts)


def _newest_first(articles: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return sorted(sorted(articles, key=itemgetter(1)), key=itemgetter(0), reverse=True)


def _count(counts: dict[str, int], name: str, by: int) -> None:
    counts[name] = counts.get(name, 0) + by
    if not counts[name]:
        del counts[name]
