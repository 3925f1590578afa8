"""What do the sources hold now? Only files that changed since they were last read are read again."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from retrieval.alias_file import ALIASES, read_aliases
from retrieval.aliases import Aliases
from retrieval.corpus import corpus_files, duplicate, read_articles
from retrieval.errors import CorpusError
from retrieval.formats import shared_child
from retrieval.formats.readers import known_kinds
from retrieval.manifest import Entry, Rejection, read_manifest
from retrieval.store.environment import Table, Writer
from retrieval.store.records import (
    Row,
    Version,
    article_record,
    key_of,
    row_of,
    rows_of,
    rows_written,
    unwritten,
    version_of,
    written,
)
from retrieval.store.report import Track

READING: Final = "reading"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder that articles are read from.

    Attributes:
        folder: holds files, and perhaps a `manifest.toml` and an `aliases.toml`.
        prefix: stands before the paths of its files; empty, or it ends with a slash.
        optional: whether it may be missing.
    """

    folder: Path
    prefix: str = ""
    optional: bool = False


def scan(sources: Sequence[Source], tables: Writer, track: Track) -> Version:
    """The version that the sources hold. Articles that were not known are written into the store.

    Args:
        sources: of several articles with one id the first counts, source by source, then by path.
        tables: of the store.
        track: is told how many files are done.

    Raises:
        CorpusError: a source is missing, or nothing can be quoted.
    """
    folders = [_Folder(source) for source in sources if _is_there(source)]
    files = [(folder, path) for folder in folders for path in folder.paths]
    total, done = len(files), 0
    rows: dict[str, Row] = {}
    rejections = [rejection for folder in folders for rejection in folder.rejections]
    seen: set[bytes] = set()
    with shared_child():
        for folder, path in files:
            track(READING, done, total)
            done += 1
            entry = folder.entries.get(path)
            key = _key(folder.source.prefix + path)
            seen.add(key)
            found, reasons = _read(folder, path, entry, key, tables)
            rejections += reasons
            for row in found:
                first = rows.setdefault(row.id, row)
                if first is not row:
                    rejections.append(duplicate((row.id, row.path), first.path, entry))
    track(READING, done, total)
    _forget_files(seen, tables)
    if not rows:
        known = "; ".join(map(str, rejections)) or f"it has no {known_kinds()} file"
        raise CorpusError(f"nothing to quote in the corpus folder {sources[0].folder}: {known}")
    aliases = Aliases(
        tuple(group for folder in folders for group in folder.aliases.groups),
        tuple(person for folder in folders for person in folder.aliases.people),
    )
    return version_of(sorted(rows.values(), key=lambda row: row.path), rejections, aliases)


def _is_there(source: Source) -> bool:
    if source.folder.is_dir():
        return True
    if source.optional:
        return False
    raise CorpusError(f"no such corpus folder: {source.folder}. Name one with --corpus or CORPUS.")


class _Folder:
    """What a source holds beside its articles."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.paths = corpus_files(source.folder)
        manifest = read_manifest(source.folder, frozenset(self.paths))
        self.entries = manifest.entries
        self.aliases, faults = read_aliases(source.folder / ALIASES)
        self.rejections = [
            Rejection(source.prefix + each.path, each.line, each.reason) for each in (*manifest.rejections, *faults)
        ]


def _read(
    folder: _Folder, path: str, entry: Entry | None, key: bytes, tables: Writer
) -> tuple[list[Row], list[Rejection]]:
    """The articles of one file: as they were read, or else read now."""
    file = folder.source.folder / path
    state = _state(file, entry)
    known = tables.get(Table.FILES, key)
    if known is not None and state is not None:
        facts = unwritten(known)
        rows = rows_of(facts["rows"])
        if facts["state"] == state and all(tables.has(Table.ARTICLES, bytes.fromhex(row.key)) for row in rows):
            return rows, [Rejection(*each) for each in facts["rejections"]]
    articles, rejections = read_articles(file, folder.source.prefix + path, entry, folder=folder.source.folder)
    rows = []
    for article in articles:
        record = article_record(article)
        rows.append(row_of(article, key_of(record)))
        tables.put(Table.ARTICLES, key_of(record), record)
    if state is not None and state == _state(file, entry) and not any(each.passing for each in rejections):
        reasons = [[each.path, each.line, each.reason] for each in rejections]
        tables.put(Table.FILES, key, written({"state": state, "rows": rows_written(rows), "rejections": reasons}))
    else:
        tables.delete(Table.FILES, key)  # it changed meanwhile, or its reader failed: next time it is read again
    return rows, rejections


def _state(file: Path, entry: Entry | None) -> list[Any] | None:
    """What changes whenever the articles of a file may change; None where that cannot be told."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    said = repr(asdict(replace(entry, line=0))) if entry else ""
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, said]


def _key(path: str) -> bytes:
    """What a file is kept under; paths may be longer than keys."""
    return hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _forget_files(seen: set[bytes], tables: Writer) -> None:
    for key in tables.keys(Table.FILES):
        if key not in seen:
            tables.delete(Table.FILES, key)
