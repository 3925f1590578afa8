"""How do files become articles, and a folder a corpus?"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Final

from retrieval.alias_file import ALIASES, read_aliases
from retrieval.aliases import Aliases
from retrieval.detection import detect
from retrieval.errors import CorpusError
from retrieval.formats import SUFFIXES, Draft, read_file, shared_child
from retrieval.formats.readers import known_kinds
from retrieval.languages import DEFAULT
from retrieval.manifest import MANIFEST, Entry, Rejection, read_manifest
from retrieval.model import Article, Block, BlockKind, Paragraph, Published

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


def read_corpus(folder: Path) -> Corpus:
    """Read every article below a folder. What cannot be used is reported, and never stops the rest.

    Args:
        folder: holds files of the kinds in `retrieval.formats`, also in folders of its own, and perhaps a
            `manifest.toml` and an `aliases.toml`. Names that begin with a point are passed over.

    Raises:
        CorpusError: the folder is not there, or nothing in it can be quoted.
    """
    if not folder.is_dir():
        raise CorpusError(f"no such corpus folder: {folder}. Name one with --corpus or CORPUS.")
    paths = corpus_files(folder)
    manifest = read_manifest(folder, frozenset(paths))
    aliases, faults = read_aliases(folder / ALIASES)
    rejections = [*manifest.rejections, *faults]
    articles: dict[str, Article] = {}
    with shared_child():
        for path in paths:
            entry = manifest.entries.get(path)
            found, reasons = read_articles(folder / path, path, entry)
            rejections += reasons
            for article in found:
                if articles.setdefault(article.id, article) is not article:
                    rejections.append(duplicate((article.id, article.path), articles[article.id].path, entry))
    if not articles:
        known = "; ".join(map(str, rejections)) or f"it has no {known_kinds()} file"
        raise CorpusError(f"nothing to quote in the corpus folder {folder}: {known}")
    kept = tuple(articles.values())
    return Corpus(kept, tuple(rejections), _version(kept, aliases), aliases)


def duplicate(left_out: tuple[str, str], first: str, entry: Entry | None) -> Rejection:
    """That an article was left out because another one has its id.

    Args:
        left_out: id and path of the article.
        first: path of the one that has the id.
        entry: of the manifest, for the file of the article that is left out.
    """
    known, path = left_out
    reason = (
        f"duplicate id {known!r}: {path} was left out, {first} has it; rename the file, or give it an id of its own"
    )
    return Rejection(MANIFEST, entry.line, reason) if entry and entry.id else Rejection(path, None, reason)


def corpus_files(folder: Path) -> list[str]:
    """The paths of what may be articles, sorted, relative to the folder, with forward slashes.

    Names that begin with a point are passed over, and so are the files about the articles and folders; but a folder
    that is called like a file is named, so that it is reported.
    """
    paths = (path.relative_to(folder) for path in folder.rglob("*"))
    visible = (path for path in paths if not any(part.startswith(".") for part in path.parts))
    known = {MANIFEST, ALIASES, QUESTIONS}
    return sorted(
        path.as_posix()
        for path in visible
        if path.as_posix() not in known and (path.suffix.lower() in SUFFIXES or not (folder / path).is_dir())
    )


def read_articles(
    file: Path, path: str, entry: Entry | None, *, folder: Path | None = None
) -> tuple[list[Article], list[Rejection]]:
    """The articles of one file, laid out, and what of it is none, with the reasons; arguments as for `read_drafts`."""
    found = [
        each if isinstance(each, Rejection) else lay_out(each, path)
        for each in read_drafts(file, path, entry, folder=folder)
    ]
    articles = [each for each in found if isinstance(each, Article)]
    return articles, [each for each in found if isinstance(each, Rejection)]


def read_drafts(
    file: Path, path: str, entry: Entry | None, *, folder: Path | None = None
) -> Iterator[Draft | Rejection]:
    """What a file and the manifest say of the articles in the file, and what of it is none, with the reasons.

    Args:
        file: to be read.
        path: as the corpus names it; an article that is one of several in its file is called ``path#part``.
        entry: of the manifest. It says all of a file that is one article; to those of a file of several it gives its
            publisher and language where they have none of their own.
        folder: that links must not lead out of; unless given, what is left of the file without the path.
    """
    reason = _misplaced(file, path, folder or _above(file, path))
    if reason:
        yield Rejection(_written(path), None, reason)
        return
    several = False
    for each in read_file(file, path):
        several = several or (isinstance(each, Draft) and bool(each.part))
        yield _known(each, entry) if isinstance(each, Draft) else each
    if entry is not None and several:
        yield from _too_much_said(entry)


def _above(file: Path, path: str) -> Path:
    """The folder that the end of the path, as far as the file ends with it, is relative to."""
    ends = zip(reversed(file.parts), reversed(PurePosixPath(path).parts), strict=False)
    return file.parents[max(0, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends)) - 1)]


def _misplaced(file: Path, path: str, folder: Path) -> str:
    """Why a file is not the folder's own; empty when it is."""
    try:
        path.encode()
        if not file.resolve(strict=True).is_relative_to(folder.resolve()):
            return "a link that leads out of the corpus folder: copy the file instead"
    except UnicodeEncodeError:
        return "its name is not UTF-8: rename it"
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, up to Python 3.12
        return f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return ""


def _too_much_said(entry: Entry) -> list[Rejection]:
    """That an entry for a file of several articles says what only one of them could be."""
    said = {"id": entry.id, "title": entry.title, "published": entry.published, "url": entry.url}
    keys = " and ".join(key for key, value in said.items() if value is not None)
    reason = f"{keys} cannot hold for each of the articles in {entry.file}: say it in the file"
    return [Rejection(MANIFEST, entry.line, reason)] if keys else []


def _written(path: str) -> str:
    """A path as it can be written anywhere, whatever its bytes are."""
    return path.encode("utf-8", "backslashreplace").decode()


def lay_out(known: Draft, path: str) -> Article | Rejection:
    """The article that a draft becomes; a rejection where nothing of it can be quoted.

    Args:
        known: what the file and the manifest say.
        path: of the file, as the corpus names it.
    """
    # Only here: the patterns that it brings take longer to load than an answer, and most starts read nothing anew.
    from retrieval.paragraphs import read_layout  # noqa: PLC0415

    own = f"{path}#{known.part}" if known.part else path
    body = known.body
    language = known.language or detect(body, DEFAULT)
    layout = read_layout(body, language, known.title)
    place = path if known.line else own
    if not layout.blocks:
        return Rejection(place, known.line, "empty: it holds no text")
    if not any(block.kind is BlockKind.PARAGRAPH for block in layout.blocks):
        return Rejection(place, known.line, "only furniture: no line of it is a paragraph of an article")
    stem = PurePosixPath(path).with_suffix("").as_posix()
    return Article(
        id=known.id or (f"{stem}#{known.part}" if known.part else stem),
        path=own,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        title=known.title or layout.title or PurePosixPath(own).stem,
        publisher=known.publisher,
        published=known.published or (Published(layout.date) if layout.date else None),
        language=language,
        url=known.url,
        blocks=tuple(_in_its_language(block, body, language) for block in layout.blocks),
        pages=known.pages,
    )


def _known(draft: Draft, entry: Entry | None) -> Draft:
    """What is known of an article: the manifest goes before the file where the file is that article."""
    if entry is None:
        return draft
    if draft.part:
        publisher, language = draft.publisher or entry.publisher, draft.language or entry.language
        return replace(draft, publisher=publisher, language=language)
    said = {key: getattr(entry, key) for key in ("id", "title", "publisher", "published", "language", "url")}
    return replace(draft, **{key: value for key, value in said.items() if value is not None})


def _in_its_language(block: Block, body: str, language: str) -> Block:
    """The block, with its language where it is a paragraph in another one than its article."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.span) < _TELLING:
        return block
    found = detect(block.span.of(body), language)
    return block if found == language else replace(block, language=found)


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
