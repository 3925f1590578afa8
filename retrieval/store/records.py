"""How are articles and versions written down?"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import wraps
from itertools import starmap
from typing import Any, Final, NamedTuple, TypeVar

from retrieval.aliases import Aliases, Person
from retrieval.errors import StoreError
from retrieval.manifest import Rejection
from retrieval.model import Article, Block, BlockKind, Published, Span

T = TypeVar("T")
KEY_BYTES: Final = 16
"""Length of a key that is made from what it stands for."""
_VERSION_DIGITS: Final = 12
_DAMAGED: Final = "the loaded corpus is damaged: move the folder named by DATA away, and the articles are loaded anew"
_KINDS: Final = tuple(BlockKind)


def written(value: Any) -> bytes:
    """A value of numbers, texts, lists and dictionaries, as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unwritten(data: bytes) -> Any:
    """What `written` wrote.

    Raises:
        StoreError: it was damaged since.
    """
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise StoreError(_DAMAGED) from error


def told_as_damage(read: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """What reads a record, so that whatever is wrong with the record is told as `unwritten` does."""

    @wraps(read)
    def told(record: bytes) -> T:
        try:
            return read(record)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise StoreError(_DAMAGED) from error

    return told


def article_record(article: Article) -> bytes:
    """An article as it is kept: what is known about it on one line, and its body as it is."""
    facts = {each.name: getattr(article, each.name) for each in fields(article)}
    body = facts.pop("body")
    facts["published"] = article.published and [article.published.iso, article.published.approximate]
    facts["blocks"] = [
        [block.span.start, block.span.end, _KINDS.index(block.kind), *([block.language] if block.language else [])]
        for block in article.blocks
    ]
    return written(facts) + b"\n" + str(body).encode()


@told_as_damage
def article_of(record: bytes) -> Article:
    """The article that a record holds."""
    head, _, body = record.partition(b"\n")
    facts = unwritten(head)
    facts["published"] = facts["published"] and Published(*facts["published"])
    facts["blocks"] = tuple(
        Block(Span(start, end), _KINDS[kind], *language) for start, end, kind, *language in facts["blocks"]
    )
    facts["pages"] = tuple(facts["pages"])
    return Article(**facts, body=body.decode())


def digest(text: str) -> bytes:
    """What a text is known by, whatever its length."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def key_of(record: bytes) -> bytes:
    """What an article is kept under: another one as soon as anything about it changes."""
    return hashlib.blake2b(record, digest_size=KEY_BYTES).digest()


class Row(NamedTuple):
    """What is told of an article without reading it. A tuple: there may be very many.

    Attributes:
        key: of the article, in hex.
        id: unique in a version.
        path: with its source's prefix.
        sha256: of its body, in hex.
        publisher: None if unknown.
        published: ISO date, or a part of one; empty if unknown.
        languages: how many of its paragraphs are in which.
    """

    key: str
    id: str
    path: str
    sha256: str
    publisher: str | None
    published: str
    languages: Mapping[str, int]

    @property
    def paragraphs(self) -> int:
        """How many can be quoted."""
        return sum(self.languages.values())


def row_of(article: Article, key: bytes) -> Row:
    """What is told of an article."""
    languages = dict(Counter(paragraph.language for paragraph in article.paragraphs()))
    published = article.published.iso if article.published else ""
    return Row(key.hex(), article.id, article.path, article.sha256, article.publisher, published, languages)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read from one file.

    Attributes:
        rows: its articles, in order.
        drafts: parallel to ``rows``: what tells whether the file says the same of an article as before.
        rejections: what of the file was not taken.
    """

    rows: tuple[Row, ...]
    drafts: tuple[str, ...]
    rejections: tuple[Rejection, ...]


def sheet_record(sheet: Sheet) -> bytes:
    """A sheet as it is kept."""
    return written([sheet.rows, sheet.drafts, rejections_written(sheet.rejections)])


@told_as_damage
def sheet_of(record: bytes) -> Sheet:
    """The sheet that a record holds."""
    rows, drafts, rejections = unwritten(record)
    return Sheet(tuple(starmap(Row, rows)), tuple(drafts), rejections_of(rejections))


class File(NamedTuple):
    """What a version says of one file.

    Attributes:
        order: number of its source: of two articles with one id, the one of the earlier source counts.
        sheet: key of what was read from it, in hex.
        content: the same for the same articles, whatever else is on the sheet.
    """

    order: int
    sheet: str
    content: str


Files = Mapping[str, File]
"""All files of a version, by their paths with their sources' prefixes."""


def files_record(files: Files) -> bytes:
    """The files of a version as they are kept."""
    return written(files)


@told_as_damage
def files_of(record: bytes) -> dict[str, File]:
    """The files that a record holds."""
    return {path: File(*each) for path, each in unwritten(record).items()}


def content_of(rows: Iterable[Row]) -> str:
    """What names the articles of a file: the same for the same ones."""
    return hashlib.blake2b("".join(row.key for row in rows).encode(), digest_size=KEY_BYTES).hexdigest()


def name_of(files: Files, aliases: Aliases) -> str:
    """The name of a version: the same for the same articles and aliases, always."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if files[path].content != NOTHING:
            digest.update(f"{path}\0{files[path].content}".encode("utf-8", "surrogatepass"))
    if aliases:
        digest.update(repr((aliases.groups, aliases.people)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:_VERSION_DIGITS]


NOTHING: Final = content_of(())
"""The content of a file without articles."""


def rejections_written(rejections: Iterable[Rejection]) -> list[list[Any]]:
    """Rejections, ready to be written."""
    return [[each.path, each.line, each.reason] for each in rejections]


def rejections_of(values: Iterable[Sequence[Any]]) -> tuple[Rejection, ...]:
    """The rejections that were written so."""
    return tuple(starmap(Rejection, values))


def aliases_written(aliases: Aliases) -> list[Any]:
    """Aliases, ready to be written."""
    return [aliases.groups, [[person.family_name, person.first_names] for person in aliases.people]]


def aliases_of(values: Sequence[Any]) -> Aliases:
    """The aliases that were written so."""
    groups, people = values
    return Aliases(tuple(map(tuple, groups)), tuple(Person(name, tuple(first)) for name, first in people))
