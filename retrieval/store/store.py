"""Which version of the corpus serves, and how does another take its place?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from retrieval.corpus import QUESTIONS, Corpus
from retrieval.disk.collection import DiskCollection
from retrieval.disk.index import Postings
from retrieval.disk.state import State
from retrieval.disk.updating import Difference, show, show_nothing
from retrieval.errors import CorpusError, StoreError
from retrieval.formats.readers import known_kinds
from retrieval.memory.collection import MemoryCollection
from retrieval.retriever import Retriever
from retrieval.store.environment import Environment, Reader, Table, Writer
from retrieval.store.records import article_of, name_of
from retrieval.store.report import Report, Track
from retrieval.store.scanning import Scan, Source, scan
from retrieval.store.serving import PREVIOUS, REFUSED, SERVING, named, report_of, serve, serving_version
from retrieval.store.summary import ABOUT_ALL, Summary
from retrieval.store.versions import (
    Change,
    Version,
    keep,
    move,
    put_version,
    rows_of,
    summary_called,
    version_called,
)

DISK_FROM: Final = 2_000
"""Paragraphs from which on `Engine.AUTO` keeps the index on disk: to build it in memory would take a second or more."""


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
        return named(self._environment.reading(), SERVING)

    @property
    def previous(self) -> str | None:
        """Name of the version that `roll_back` would bring back; None when there is none."""
        return named(self._environment.reading(), PREVIOUS)

    @property
    def refused(self) -> str | None:
        """Name of the version that was rolled back from, until another is applied; None when there is none."""
        return named(self._environment.reading(), REFUSED)

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
            name = named(tables, SERVING)
            if name is None:
                return None
            summary = self._summary(name, tables)
            if not self._is_on_disk(summary.paragraphs):
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
            before = serving_version(tables)
            found = scan(self._sources, tables, track)
            after, change = self._moved(before, found, tables)
            retriever = self._indexed(before, after, change, tables, track)

            def apply() -> None:
                serve(after, before, tables)
                if before is None or before.name != after.name:
                    tables.delete(Table.STATE, REFUSED)
                tables.commit()

            yield Staged(report_of(before, after, change), retriever, apply)

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
            serving, name = serving_version(tables), named(tables, PREVIOUS)
            previous = version_called(name, tables) if name else None
            if previous is None or serving is None:
                raise CorpusError("there is no version to go back to: only one was ever loaded")
            change = move(serving.files, previous.files, Summary(), tables)
            self._indexed(serving, previous, change, tables, track or _nobody)
            serve(previous, serving, tables)
            tables.put(Table.STATE, REFUSED, serving.name.encode())
            tables.commit()
            return report_of(serving, previous, change)

    def _moved(self, before: Version | None, found: Scan, tables: Writer) -> tuple[Version, Change]:
        """From the version that serves to what the sources hold; that is kept."""
        summary = Summary() if before is None else Summary.of(before.summary.record())
        change = move(before.files if before else {}, found.files, summary, tables)
        summary.name, summary.aliases = name_of(found.files, found.aliases), found.aliases
        summary.rejections[ABOUT_ALL] = found.rejections
        if not summary.articles:
            known = "; ".join(map(str, summary.all_rejections)) or f"it has no {known_kinds()} file"
            raise CorpusError(f"nothing to quote in the corpus folder {self._sources[0].folder}: {known}")
        after = Version(found.files, summary)
        keep(change.new, tables)
        put_version(after, tables)
        return after, change

    def close(self) -> None:
        """Let go of what was remembered for the next reload."""
        self._memory = None

    def _is_on_disk(self, paragraphs: int) -> bool:
        return self._engine is Engine.DISK or (self._engine is Engine.AUTO and paragraphs >= DISK_FROM)

    def _indexed(
        self, before: Version | None, after: Version, change: Change, tables: Writer, track: Track
    ) -> Retriever:
        """The version, ready to be asked; on disk it costs what is between it and the one before."""
        if not self._is_on_disk(after.summary.paragraphs):
            return Retriever(self._in_memory(after.summary, tables))
        shown = self._on_disk(before.summary, tables) if before else None
        if before is not None and shown is not None:
            if before.name != after.name:
                difference = Difference([row.key for row in change.gone], [row.key for row in change.new])
                show(after.name, difference, tables, Postings(self._home), track)
        elif self._on_disk(after.summary, tables) is None:
            self._show_all(after, tables, track)
        found = self._on_disk(after.summary, tables)
        if found is None:
            raise self._missing(after.name)
        return found

    def _show_all(self, version: Version, tables: Writer, track: Track) -> None:
        postings = Postings.mended(self._home)
        show_nothing(tables, postings)
        all_of_it = Difference([], [row.key for row in rows_of(version.files, tables)])
        show(version.name, all_of_it, tables, postings, track)

    def _index_anew(self) -> None:
        """The index on disk does not show what serves, as after a change of the engine or a loss of the postings."""
        with self._environment.writing() as tables:
            version = serving_version(tables)
            shown = version and self._on_disk(version.summary, tables)
            if version is not None and shown is None and self._is_on_disk(version.summary.paragraphs):
                self._show_all(version, tables, _nobody)
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
        if self._memory and known and (known.version, known.rejections) == (summary.name, summary.all_rejections):
            return self._memory
        version = version_called(summary.name, tables)
        keys = [bytes.fromhex(row.key) for row in rows_of(version.files, tables)] if version else []
        articles = tuple(article_of(record) for record in tables.get_all(Table.ARTICLES, keys) if record)
        if len(articles) < summary.articles:
            raise self._missing(summary.name)
        corpus = Corpus(articles, summary.all_rejections, summary.name, summary.aliases)
        self._memory = MemoryCollection(corpus, self._memory)
        return self._memory

    def _summary(self, name: str, tables: Reader) -> Summary:
        found = summary_called(name, tables)
        if found is None:
            raise self._missing(name)
        return found

    def _missing(self, name: str) -> StoreError:
        return StoreError(f"version {name} is not whole in {self._home}: move the folder away, and it is loaded anew")
