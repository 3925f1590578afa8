"""Which version of the corpus serves, and how does another take its place?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from retrieval.corpus import QUESTIONS, Corpus
from retrieval.disk.collection import DiskCollection
from retrieval.disk.index import Postings
from retrieval.disk.state import State
from retrieval.disk.updating import update
from retrieval.errors import CorpusError, StoreError
from retrieval.memory.collection import MemoryCollection
from retrieval.retriever import Retriever
from retrieval.store.environment import Environment, Reader, Table, Writer
from retrieval.store.records import Version, article_of
from retrieval.store.report import Report, Track
from retrieval.store.scanning import Source, scan
from retrieval.store.summary import Summary, put_version, summary_of, version_called

DISK_FROM: Final = 2_000
"""Paragraphs from which on `Engine.AUTO` keeps the index on disk: to build it in memory would take a second or more."""

_SERVING: Final = b"serving"
_PREVIOUS: Final = b"previous"
_REFUSED: Final = b"refused"


class Engine(StrEnum):
    """Where the index is kept."""

    AUTO = "auto"
    MEMORY = "memory"
    DISK = "disk"


def _nobody(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Staged:
    """A version that does not serve yet. To be used inside the block that it came from, in one thread.

    Attributes:
        report: what it would change.
        retriever: answers from it.
    """

    def __init__(self, report: Report, retriever: Retriever, apply: Callable[[], None]) -> None:
        self.report = report
        self.retriever = retriever
        self._apply = apply

    def apply(self) -> None:
        """Make it the version that serves, at once and for good; the one that served is kept.

        Raises:
            StoreError: the disk is full; nothing has changed.
        """
        self._apply()


class CorpusStore:
    """The versions of a corpus in a folder. Several processes may open it; one at a time changes it.

    Args:
        home: the folder; made when it is first needed.
        sources: where articles are read from; the store belongs to them.
        engine: where the index is kept.
    """

    def __init__(self, home: Path, sources: Sequence[Source], engine: Engine = Engine.AUTO) -> None:
        self._home = home
        self._sources = tuple(sources)
        self._engine = engine
        self._environment = Environment.at(home)
        self._memory: MemoryCollection | None = None

    @property
    def version(self) -> str | None:
        """Name of the version that serves, whichever process changed it last; None when nothing was ever loaded."""
        return _name(self._environment.reading(), _SERVING)

    @property
    def previous(self) -> str | None:
        """Name of the version that `roll_back` would bring back; None when there is none."""
        return _name(self._environment.reading(), _PREVIOUS)

    @property
    def refused(self) -> str | None:
        """Name of the version that was rolled back from, until another is applied; None when there is none."""
        return _name(self._environment.reading(), _REFUSED)

    @property
    def questions(self) -> Path:
        """Where the judged questions beside the articles stand, if there are any."""
        return self._sources[0].folder / QUESTIONS

    def open(self) -> Retriever | None:
        """The version that serves, ready to answer; None when nothing was ever loaded.

        Raises:
            StoreError: it cannot be read.
        """
        while True:
            tables = self._environment.reading()
            name = _name(tables, _SERVING)
            if name is None:
                return None
            summary = self._summary(name, tables)
            if not self._is_on_disk(summary.paragraph_count):
                return Retriever(self._in_memory(summary, tables))
            found = self._on_disk(summary, tables)
            if found is None:
                self._index_anew()
            elif tables.moment == self._environment.moment:  # or texts of this version may have been dropped since
                return found

    @contextmanager
    def staging(self, track: Track | None = None) -> Iterator[Staged]:
        """Read what changed in the sources and index it, beside the version that serves. Waits for other reloads.

        Leaving the block without `Staged.apply` leaves everything as it was.

        Args:
            track: is told how far it has got, from the thread that stages.

        Raises:
            CorpusError: a source is missing, or nothing can be quoted.
            StoreError: the store cannot be written.
            BusyError: another process reloads at this moment.
        """
        track = track or _nobody
        with self._environment.writing() as tables:
            before = _serving(tables)
            after = scan(self._sources, tables, track)
            if before is None or before.name != after.name or before.rejections != after.rejections:
                put_version(after, tables, before)
            retriever = self._indexed(after, tables, track)

            def apply() -> None:
                _serve(after, before, tables)
                if before is None or before.name != after.name:
                    tables.delete(Table.STATE, _REFUSED)
                tables.commit()

            yield Staged(_report(before, after), retriever, apply)

    def roll_back(self, track: Track | None = None) -> Report:
        """Let the version before serve again. A second one undoes the first.

        What automatic reloads would bring back is remembered as `refused`.

        Args:
            track: is told how far it has got.

        Returns:
            What changed thereby.

        Raises:
            CorpusError: there is no version before.
            StoreError: the store cannot be written.
            BusyError: another process reloads at this moment.
        """
        with self._environment.writing() as tables:
            serving, name = _serving(tables), _name(tables, _PREVIOUS)
            previous = version_called(name, tables) if name else None
            if previous is None or serving is None:
                raise CorpusError("there is no version to go back to: only one was ever loaded")
            self._indexed(previous, tables, track or _nobody)
            _serve(previous, serving, tables)
            tables.put(Table.STATE, _REFUSED, serving.name.encode())
            tables.commit()
            return _report(serving, previous)

    def close(self) -> None:
        """Let go of what was remembered for the next reload."""
        self._memory = None

    def _is_on_disk(self, paragraphs: int) -> bool:
        return self._engine is Engine.DISK or (self._engine is Engine.AUTO and paragraphs >= DISK_FROM)

    def _indexed(self, version: Version, tables: Writer, track: Track) -> Retriever:
        summary = self._summary(version.name, tables)
        if not self._is_on_disk(version.paragraphs):
            return Retriever(self._in_memory(summary, tables))
        found = self._on_disk(summary, tables)
        if found is None:
            update(version, tables, Postings.mended(self._home), track)
            found = self._on_disk(summary, tables)
        if found is None:
            raise self._missing(version.name)
        return found

    def _index_anew(self) -> None:
        """The index on disk does not show what serves, as after a change of the engine or a loss of the postings."""
        with self._environment.writing() as tables:
            version = _serving(tables)
            if version is not None and self._is_on_disk(version.paragraphs):
                self._indexed(version, tables, _nobody)
                tables.commit()

    def _on_disk(self, summary: Summary, tables: Reader) -> Retriever | None:
        """A version from the index on disk; None when that shows another, or is damaged."""
        state = State.read(tables)
        if state.version != summary.name:
            return None
        try:
            postings = Postings(self._home)
            searcher = postings.searcher()
        except StoreError:  # somebody removed a part of them
            return None
        if not postings.hold(state, searcher):
            return None
        return Retriever(DiskCollection(summary, tables, searcher, postings.index.schema))

    def _in_memory(self, summary: Summary, tables: Reader) -> MemoryCollection:
        known = self._memory.catalog if self._memory else None
        if self._memory and known and (known.version, known.rejections) == (summary.name, summary.rejections):
            return self._memory
        version = version_called(summary.name, tables)
        records = tables.get_all(Table.ARTICLES, [bytes.fromhex(row.key) for row in version.rows] if version else [])
        articles = tuple(article_of(record) for record in records if record)
        if version is None or len(articles) < len(version.rows):
            raise self._missing(summary.name)
        corpus = Corpus(articles, version.rejections, version.name, version.aliases)
        self._memory = MemoryCollection(corpus, self._memory)
        return self._memory

    def _summary(self, name: str, tables: Reader) -> Summary:
        found = summary_of(name, tables)
        if found is None:
            raise self._missing(name)
        return found

    def _missing(self, name: str) -> StoreError:
        return StoreError(f"version {name} is not whole in {self._home}: move the folder away, and it is loaded anew")


def _name(tables: Reader, key: bytes) -> str | None:
    found = tables.get(Table.STATE, key)
    return found.decode() if found else None


def _serving(tables: Reader) -> Version | None:
    name = _name(tables, _SERVING)
    return version_called(name, tables) if name else None


def _serve(version: Version, before: Version | None, tables: Writer) -> None:
    """Name the version that serves and the one before it, and forget all others."""
    if before is None or before.name == version.name:
        before = None
    else:
        tables.put(Table.STATE, _PREVIOUS, before.name.encode())
    tables.put(Table.STATE, _SERVING, version.name.encode())
    name = _name(tables, _PREVIOUS)
    previous = before or (version_called(name, tables) if name else None)
    kept = [each for each in (version, previous) if each]
    names = {each.name.encode() for each in kept}
    for other in tables.keys(Table.VERSIONS):
        if other not in names:
            _forget(other, kept, tables)


def _forget(name: bytes, kept: Sequence[Version], tables: Writer) -> None:
    """A version and those of its articles that are in no other."""
    version = version_called(name.decode(), tables)
    keys = {row.key for each in kept for row in each.rows}
    bodies = {row.sha256: row.key for each in reversed(kept) for row in each.rows}
    for row in version.rows if version else ():
        if row.key in keys:
            continue
        tables.delete(Table.ARTICLES, bytes.fromhex(row.key))
        if row.sha256 in bodies:  # of another article
            tables.put(Table.BODIES, bytes.fromhex(row.sha256), bytes.fromhex(bodies[row.sha256]))
        else:
            tables.delete(Table.BODIES, bytes.fromhex(row.sha256))
    tables.delete(Table.VERSIONS, name)
    tables.delete(Table.SUMMARIES, name)


def _report(before: Version | None, after: Version) -> Report:
    old: Mapping[str, str] = {row.id: row.key for row in before.rows} if before else {}
    new = {row.id: row.key for row in after.rows}
    gone = tuple(row.path for row in before.rows if row.id not in new) if before else ()
    return Report(
        before=before.name if before else None,
        after=after.name,
        added=tuple(row.path for row in after.rows if row.id not in old),
        changed=tuple(row.path for row in after.rows if row.id in old and old[row.id] != row.key),
        removed=gone,
        unchanged=sum(old.get(row.id) == row.key for row in after.rows),
        rejections=after.rejections,
        paragraphs_before=before.paragraphs if before else 0,
        paragraphs=after.paragraphs,
    )
