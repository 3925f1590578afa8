"""One memory-mapped file with tables: readers see the moment at which they began, a writer all or nothing.

LMDB keeps the old pages until nobody reads them any more, so a reader holds one version of everything while another
is being written, in this process or in another, and a writer that dies leaves no trace.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

import lmdb

from retrieval.errors import StoreError

FORMAT: Final = 2
"""Raise it when what is stored changes its form or its meaning, as the analysis of words does: a store of another
format is passed over, and made anew from the sources."""

_FILE: Final = f"corpus-{FORMAT}.mdb"
_MAP_SIZE: Final = 1 << 38  # bytes of address space, not of disk or memory: what a store can grow to
_READERS: Final = 512
_open: "Final[WeakValueDictionary[Path, Environment]]" = WeakValueDictionary()
_opening: Final = threading.Lock()


class Table(StrEnum):
    """What is kept, by which key."""

    STATE = "state"  # name: a few facts of the whole
    FILES = "files"  # path: what was read from the file
    ARTICLES = "articles"  # key of an article: the article
    SHEETS = "sheets"  # key of a sheet: what was read from one file
    VERSIONS = "versions"  # name of a version: its files, and their sheets
    SUMMARIES = "summaries"  # name of a version: what is told of it without reading its sheets
    IDS = "ids"  # id of an article: the files that claim it
    BODIES = "bodies"  # SHA-256 of a body: keys of the articles with it
    DOCUMENTS = "documents"  # ordinal of an indexed text: where it stands, and what is known of it
    TERMS_IN = "terms-in"  # ordinal: the numbers of its terms, in order
    FORMS_IN = "forms-in"  # ordinal: the numbers of its word forms, in order
    GRAMS_IN = "grams-in"  # ordinal: the numbers of its 4-grams
    EXPLAINS = "explains"  # ordinal: the acronyms that the text explains
    DOCUMENTS_OF = "documents-of"  # key of an article: the ordinals of its texts
    SAME_TEXT = "same-text"  # digest of a text: its ordinal
    FORMS = "forms"  # number of a word form: how often it stands somewhere, the form and its term
    FORM_NUMBERS = "form-numbers"  # a word form and its term: its number
    TERMS = "terms"  # term: its number, and how many texts hold it
    GRAMS = "grams"  # 4-gram: its number, and how many texts hold it
    BY_LETTERS = "by-letters"  # plain letters: the numbers of the forms that read so
    BY_SOUND = "by-sound"  # sound: the numbers of the forms that sound so
    BY_LENGTH = "by-length"  # number of letters: the words of so many plain letters
    ACRONYMS = "acronyms"  # key of an acronym: what it stands for


class Environment:
    """The file. Within a process there is one for each home: use `Environment.at`.

    Args:
        home: the folder that holds it; made if it is missing.

    Raises:
        StoreError: it cannot be opened.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        with explained(home):
            home.mkdir(parents=True, exist_ok=True)
            self._env = lmdb.open(
                str(home / _FILE), subdir=False, map_size=_MAP_SIZE, max_dbs=len(Table), max_readers=_READERS
            )
            self._env.reader_check()  # places of readers that were killed
            self._file = (home / _FILE).stat()
            self._fill_up()
            self._tables = {table: self._env.open_db(table.encode()) for table in Table}

    @classmethod
    def at(cls, home: Path) -> "Environment":
        """The environment of a folder; the same one for all who ask while anybody holds it.

        Raises:
            StoreError: it cannot be opened.
        """
        with _opening:
            place = home.resolve()
            found = _open.get(place) or cls(home)
            _open[place] = found
            return found

    def _fill_up(self) -> None:
        """Make a file that was cut off as long as it says it is: reading behind its end would end the process."""
        if self._file.st_size >= self._pages() * self._env.stat()["psize"]:
            return
        with self._env.begin(write=True):  # nobody else makes it longer meanwhile
            size = self._pages() * self._env.stat()["psize"]
            if (self._home / _FILE).stat().st_size < size:
                os.truncate(self._home / _FILE, size)

    def _pages(self) -> int:
        return int(self._env.info()["last_pgno"]) + 1

    @property
    def moment(self) -> int:
        """Counts what was committed, by whomever."""
        return int(self._env.info()["last_txnid"])

    def reading(self) -> "Reader":
        """All tables as they are now, for as long as the reader lives.

        Raises:
            StoreError: the file cannot be read.
        """
        with explained(self._home):
            return Reader(self._env.begin(), self._tables, self)

    @contextmanager
    def writing(self) -> "Iterator[Writer]":
        """All tables, to be changed: nothing of it is seen by others before `Writer.commit`, or ever without it.

        Waits for another writer. To be used in one thread.

        Raises:
            StoreError: the file cannot be written, as when the disk is full.
        """
        with explained(self._home):
            if not self._is_in_place():
                raise StoreError(f"the loaded corpus in {self._home} was removed while it was in use: {_START_ANEW}")
            transaction = self._env.begin(write=True)
            try:
                yield Writer(transaction, self._tables, self)
            finally:
                transaction.abort()  # without effect on one that was committed

    def failure(self, error: lmdb.Error) -> StoreError:
        """What went wrong, and the way out."""
        return _failure(self._home, error)

    def _is_in_place(self) -> bool:
        """Whether the open file is still the one in the folder; what is written into another would be lost."""
        try:
            return (self._home / _FILE).stat().st_ino == self._file.st_ino
        except FileNotFoundError:
            return False


class Reader:
    """The tables at one moment. Safe to share between threads."""

    def __init__(
        self, transaction: lmdb.Transaction, tables: "dict[Table, lmdb._Database]", environment: Environment
    ) -> None:
        self._transaction = transaction
        self._tables = tables
        self._environment = environment  # which must not be closed before
        self._lock = threading.Lock()  # LMDB lets threads share a reader as long as one reads at a time

    @property
    def moment(self) -> int:
        """The `Environment.moment` that it shows."""
        return int(self._transaction.id())

    def get(self, table: Table, key: bytes) -> bytes | None:
        """What stands in a table under a key; None when there is nothing.

        Raises:
            StoreError: the file is damaged; so do all that read.
        """
        try:
            with self._lock:
                return _bytes(self._transaction.get(key, db=self._tables[table]))
        except lmdb.Error as error:
            raise self._environment.failure(error) from error

    def has(self, table: Table, key: bytes) -> bool:
        """Whether anything stands under a key."""
        return self.get(table, key) is not None

    def get_all(self, table: Table, keys: Sequence[bytes]) -> list[bytes | None]:
        """The same for several keys, in their order."""
        get, database = self._transaction.get, self._tables[table]
        try:
            with self._lock:
                return [_bytes(get(key, db=database)) for key in keys]
        except lmdb.Error as error:
            raise self._environment.failure(error) from error

    def keys(self, table: Table) -> list[bytes]:
        """All keys of a table, in order."""
        try:
            with self._lock, self._transaction.cursor(db=self._tables[table]) as cursor:
                return [bytes(key) for key in cursor.iternext(keys=True, values=False)]
        except lmdb.Error as error:
            raise self._environment.failure(error) from error


def _bytes(found: bytes | memoryview | None) -> bytes | None:
    """What LMDB gave; it gives bytes as long as it is not asked for views."""
    return found if found is None or isinstance(found, bytes) else bytes(found)


class Writer(Reader):
    """The tables while they are changed; reads see what was written."""

    def put(self, table: Table, key: bytes, value: bytes) -> None:
        """Write a value under a key, in place of what was there."""
        self._transaction.put(key, value, db=self._tables[table])

    def delete(self, table: Table, key: bytes) -> None:
        """Forget what stands under a key, if anything does."""
        self._transaction.delete(key, db=self._tables[table])

    def clear(self, table: Table) -> None:
        """Forget everything in a table."""
        self._transaction.drop(self._tables[table], delete=False)

    def commit(self) -> None:
        """Let others see all that was changed, at once and for good."""
        self._transaction.commit()


@contextmanager
def explained(home: Path) -> Iterator[None]:
    """Turns whatever the file system or LMDB says into an error that names the folder and the way out."""
    try:
        yield
    except lmdb.Error as error:
        raise _failure(home, error) from error
    except OSError as error:
        if error.filename is None and error.errno is None:
            raise
        raise StoreError(f"the loaded corpus in {home} cannot be used ({error.strerror}): {_WRITABLE}") from error


_WRITABLE: Final = "name a folder that can be written to with DATA"
_START_ANEW: Final = "start the program anew"


def _failure(home: Path, error: lmdb.Error) -> StoreError:
    reason = str(error).rpartition(": ")[2] or type(error).__name__
    return StoreError(f"the loaded corpus in {home} cannot be used ({reason}): {_way_out(error)}")


def _way_out(error: lmdb.Error) -> str:
    if isinstance(error, lmdb.InvalidError | lmdb.CorruptedError | lmdb.VersionMismatchError | lmdb.PageNotFoundError):
        return "move the folder away, and the articles are loaded anew"
    return f"make room on the disk, or {_WRITABLE}"
