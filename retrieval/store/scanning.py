"""What do the sources hold now? Only files that changed since they were last read are read again."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final

from retrieval.alias_file import ALIASES, read_aliases
from retrieval.aliases import Aliases
from retrieval.corpus import corpus_files, lay_out, read_drafts
from retrieval.errors import CorpusError
from retrieval.formats import Draft, shared_child
from retrieval.manifest import MANIFEST, Entry, Rejection, read_manifest
from retrieval.store.environment import Table, Writer
from retrieval.store.records import (
    KEY_BYTES,
    File,
    Row,
    Sheet,
    article_record,
    content_of,
    digest,
    key_of,
    row_of,
    sheet_of,
    sheet_record,
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


@dataclass(frozen=True, slots=True)
class Scan:
    """What the sources hold.

    Attributes:
        files: by path with the source's prefix.
        rejections: what of manifests and aliases was not taken; that of the files is on their sheets.
        aliases: what else things are called.
    """

    files: dict[str, File]
    rejections: tuple[Rejection, ...]
    aliases: Aliases


def scan(sources: Sequence[Source], tables: Writer, track: Track) -> Scan:
    """Look at all files of the sources, and read those that changed; what is read is written into the store.

    Args:
        sources: in the order in which they count where articles share an id.
        tables: of the store.
        track: is told how many files are done.

    Raises:
        CorpusError: a source is missing.
    """
    folders = [_Folder(source, sources) for source in sources if _is_there(source)]
    paths = [(order, folder, path) for order, folder in enumerate(folders) for path in folder.paths]
    files: dict[str, File] = {}
    hidden: list[Rejection] = []
    with shared_child():
        for done, (order, folder, path) in enumerate(paths):
            track(READING, done, len(paths))
            name = folder.source.prefix + path
            if name in files:
                hidden.append(_second(name, folder.source.folder / path, folders[files[name].order]))
            else:
                files[name] = _read(order, folder, path, tables)
    track(READING, len(paths), len(paths))
    rejections = tuple(rejection for folder in folders for rejection in folder.rejections) + tuple(hidden)
    aliases = Aliases(
        tuple(group for folder in folders for group in folder.aliases.groups),
        tuple(person for folder in folders for person in folder.aliases.people),
    )
    return Scan(files, rejections, aliases)


def _is_there(source: Source) -> bool:
    if source.folder.is_dir():
        return True
    if source.optional:
        return False
    raise CorpusError(f"no such corpus folder: {source.folder}. Name one with --corpus or CORPUS.")


class _Folder:
    """What a source holds beside its articles."""

    def __init__(self, source: Source, sources: Sequence[Source]) -> None:
        self.source = source
        self.manifest = source.prefix + MANIFEST
        self.paths = _own(corpus_files(source.folder), source, sources)
        manifest = read_manifest(source.folder, frozenset(self.paths))
        self.entries = manifest.entries
        self.aliases, faults = read_aliases(source.folder / ALIASES)
        self.rejections = [replace(each, path=source.prefix + each.path) for each in (*manifest.rejections, *faults)]


def _own(paths: list[str], source: Source, sources: Sequence[Source]) -> list[str]:
    """Without what lies in another source's folder inside this one: that is read once, as the other's."""
    folder = source.folder.absolute()
    inner = [other.folder.absolute() for other in sources if other is not source]
    begins = tuple(f"{each.relative_to(folder).as_posix()}/" for each in inner if folder in each.parents)
    return [path for path in paths if not path.startswith(begins)]


def _second(name: str, file: Path, first: _Folder) -> Rejection:
    """That a file was left out because a file of an earlier source is called the same."""
    reason = f"{file} was left out, the file of this name in {first.source.folder} counts: rename one of them"
    return Rejection(name, None, reason)


def _read(order: int, folder: _Folder, path: str, tables: Writer) -> File:
    """What a file holds: as it was read before, or else read now."""
    file, entry = folder.source.folder / path, folder.entries.get(path)
    key, state = digest(folder.source.prefix + path), _state(file, entry)
    found = tables.get(Table.FILES, key)
    # Beside the state of the file: the key of its sheet, and what names its articles.
    known = (found[: 2 * KEY_BYTES], found[2 * KEY_BYTES :]) if found else (b"", b"")
    if state and known[1] == state and tables.has(Table.SHEETS, known[0][:KEY_BYTES]):
        return File(order, known[0][:KEY_BYTES].hex(), known[0][KEY_BYTES:].hex())
    before = tables.get(Table.SHEETS, known[0][:KEY_BYTES]) if found else None
    sheet = _sheet(folder, path, entry, sheet_of(before) if before else Sheet((), (), ()), tables)
    record = sheet_record(sheet)
    tables.put(Table.SHEETS, key_of(record), record)
    read = File(order, key_of(record).hex(), content_of(sheet.rows))
    # What is said of the manifest names a line, which may move without the file.
    lasting = not any(each.passing or each.path == folder.manifest for each in sheet.rejections)
    if state == _state(file, entry) and lasting:
        tables.put(Table.FILES, key, key_of(record) + bytes.fromhex(read.content) + state)
    else:
        tables.delete(Table.FILES, key)  # it changed meanwhile, or its reader failed: next time it is read again
    return read


def _sheet(folder: _Folder, path: str, entry: Entry | None, before: Sheet, tables: Writer) -> Sheet:
    """Read a file; what it says of an article as before is not laid out again."""
    name = folder.source.prefix + path
    known = dict(zip(before.drafts, before.rows, strict=True))
    rows: list[Row] = []
    drafts: list[str] = []
    rejections: list[Rejection] = []
    for each in read_drafts(folder.source.folder / path, name, entry, folder=folder.source.folder):
        if isinstance(each, Rejection):
            rejections.append(replace(each, path=folder.manifest) if each.path == MANIFEST else each)
            continue
        draft = _identity(each)
        found = known.get(draft)
        if found is None or not tables.has(Table.ARTICLES, bytes.fromhex(found.key)):
            laid_out = _laid_out(each, name, tables)
            if isinstance(laid_out, Rejection):
                rejections.append(laid_out)
                continue
            found = laid_out
        rows.append(found)
        drafts.append(draft)
    return Sheet(tuple(rows), tuple(drafts), tuple(rejections))


def _laid_out(draft: Draft, path: str, tables: Writer) -> Row | Rejection:
    article = lay_out(draft, path)
    if isinstance(article, Rejection):
        return article
    record = article_record(article)
    tables.put(Table.ARTICLES, key_of(record), record)
    return row_of(article, key_of(record))


def _identity(draft: Draft) -> str:
    """What tells whether a file says the same of an article as before, but for the line that it stands on."""
    said: Iterator[object] = (getattr(draft, each.name) for each in fields(draft) if each.name != "line")
    return digest(repr(tuple(said))).hex()


def _state(file: Path, entry: Entry | None) -> bytes:
    """What changes whenever the articles of a file may change; empty where that cannot be told."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return b""
    said = repr(asdict(replace(entry, line=0))) if entry else ""
    return written([found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, said])
