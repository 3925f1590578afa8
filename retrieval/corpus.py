"""How a file becomes an article, and a folder a corpus."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from retrieval.alias_file import ALIASES, read_aliases
from retrieval.aliases import Aliases
from retrieval.detection import detect
from retrieval.errors import CorpusError
from retrieval.languages import DEFAULT
from retrieval.manifest import MANIFEST, Entry, Rejection, read_manifest
from retrieval.model import Article, Block, BlockKind, Paragraph, Published
from retrieval.paragraphs import read_layout

SUFFIX: Final = ".txt"
QUESTIONS: Final = "questions.toml"
"""Judged questions beside the articles; `retrieval.evaluation` reads them."""
_VERSION_DIGITS: Final = 12
_TELLING: Final = 60  # code points of a paragraph whose language is told from its own words


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that can be quoted, and what of the folder cannot, with the reasons. Immutable.

    Attributes:
        articles: by path; never empty.
        rejections: files that did not load, and parts of the manifest and of the aliases that were not used.
        version: names the content: the same articles, manifest and aliases always have the same version.
        aliases: what else the things are called that the articles write about.
    """

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]
    version: str
    aliases: Aliases = field(default_factory=Aliases)

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the paragraphs, the most frequent first."""
        counts = Counter(paragraph.language for paragraph in self.paragraphs())
        return tuple(sorted(counts, key=lambda code: (-counts[code], code)))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, article by article."""
        return (paragraph for article in self.articles for paragraph in article.paragraphs())

    @property
    def paragraph_count(self) -> int:
        """How many paragraphs can be quoted."""
        return sum(1 for _ in self.paragraphs())


class _UnusableFileError(Exception):
    """Why a file is no article, with the line if there is one."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_corpus(folder: Path) -> Corpus:
    """Read every article below a folder. What cannot be used is reported, and never stops the rest.

    Args:
        folder: holds `.txt` files, also in folders of its own, and perhaps a `manifest.toml` and an
            `aliases.toml`. Names that begin with a point are passed over.

    Raises:
        CorpusError: the folder is not there, or nothing in it can be quoted.
    """
    if not folder.is_dir():
        raise CorpusError(f"no such corpus folder: {folder}. Name one with --corpus or CORPUS.")
    paths = _files(folder)
    manifest = read_manifest(folder, frozenset(paths))
    aliases, faults = read_aliases(folder / ALIASES)
    rejections = [*manifest.rejections, *faults]
    articles: dict[str, Article] = {}
    for path in paths:
        entry = manifest.entries.get(path)
        try:
            article = _read_article(folder, path, entry)
        except _UnusableFileError as error:
            rejections.append(Rejection(_written(path), error.line, error.reason))
            continue
        if article.id in articles:
            other = articles[article.id].path
            reason = f"duplicate id {article.id!r}: {path} was left out, {other} has it"
            rejections.append(Rejection(MANIFEST, entry.line, reason) if entry else Rejection(path, None, reason))
            continue
        articles[article.id] = article
    if not articles:
        found = "; ".join(map(str, rejections)) or f"it has no {SUFFIX} file"
        raise CorpusError(f"nothing to quote in the corpus folder {folder}: {found}")
    kept = tuple(articles.values())
    return Corpus(kept, tuple(rejections), _version(kept, aliases), aliases)


def _written(path: str) -> str:
    """A path as it can be written anywhere, whatever its bytes are."""
    return path.encode("utf-8", "backslashreplace").decode()


def _files(folder: Path) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*"))
    visible = (path for path in paths if not any(part.startswith(".") for part in path.parts))
    known = {MANIFEST, ALIASES, QUESTIONS}
    return sorted(path.as_posix() for path in visible if path.as_posix() not in known and not (folder / path).is_dir())


def _read_article(folder: Path, path: str, entry: Entry | None) -> Article:
    data = _read_bytes(folder, path)
    body = _decoded(data)
    known = entry or Entry(path, 0)
    language = known.language or detect(body, DEFAULT)
    layout = read_layout(body, language, known.title)
    if not layout.blocks:
        raise _UnusableFileError("empty: it holds no text", 1)
    if not any(block.kind is BlockKind.PARAGRAPH for block in layout.blocks):
        raise _UnusableFileError("only furniture: no line of it is a paragraph of an article", 1)
    return Article(
        id=known.id or PurePosixPath(path).with_suffix("").as_posix(),
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        body=body,
        title=known.title or layout.title or PurePosixPath(path).stem,
        publisher=known.publisher,
        published=known.published or (Published(layout.date) if layout.date else None),
        language=language,
        url=known.url,
        blocks=tuple(_in_its_language(block, body, language) for block in layout.blocks),
    )


def _in_its_language(block: Block, body: str, language: str) -> Block:
    """The block, with its language where it is a paragraph in another one than its article."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.span) < _TELLING:
        return block
    found = detect(block.span.of(body), language)
    return block if found == language else replace(block, language=found)


def _read_bytes(folder: Path, path: str) -> bytes:
    if PurePosixPath(path).suffix.lower() != SUFFIX:
        raise _UnusableFileError(f"not a {SUFFIX} file: save its text as one, or move it elsewhere")
    file = folder / path
    try:
        path.encode()
        if not file.resolve(strict=True).is_relative_to(folder.resolve()):
            raise _UnusableFileError("a link that leads out of the corpus folder: copy the file instead")
        if not file.is_file():
            raise _UnusableFileError("not a file")
        return file.read_bytes()
    except UnicodeEncodeError as error:
        raise _UnusableFileError("its name is not UTF-8: rename it") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, up to Python 3.12
        raise _UnusableFileError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _decoded(data: bytes) -> str:
    try:
        body = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        byte = data[error.start]
        raise _UnusableFileError(f"not UTF-8 (byte 0x{byte:02x}): save it as UTF-8", line) from error
    if "\0" in body:
        raise _UnusableFileError("holds NUL characters: not a text", 1 + body[: body.index("\0")].count("\n"))
    return body


def _version(articles: tuple[Article, ...], aliases: Aliases) -> str:
    digest = hashlib.sha256()
    for article in articles:
        known = (
            article.id,
            article.path,
            article.sha256,
            article.title,
            article.publisher,
            article.published,
        )
        digest.update(repr((*known, article.language, article.url)).encode())
    if aliases:
        digest.update(repr((aliases.groups, aliases.people)).encode())
    return digest.hexdigest()[:_VERSION_DIGITS]
