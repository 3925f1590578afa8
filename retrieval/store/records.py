"""How are articles and versions written down?"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import starmap
from typing import Any, Final

from retrieval.aliases import Aliases, Person
from retrieval.errors import StoreError
from retrieval.manifest import Rejection
from retrieval.model import Article, Block, BlockKind, Published, Span

_KEY_BYTES: Final = 16
_VERSION_DIGITS: Final = 12
_KINDS: Final = tuple(BlockKind)
NEWEST: Final = 50
"""Articles that are named in a version's summary: nobody reads more in a chat."""


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
    except ValueError as error:
        raise _damaged() from error


def _damaged() -> StoreError:
    return StoreError(
        "the loaded corpus is damaged: move the folder named by DATA away, and the articles are loaded anew"
    )


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


def key_of(record: bytes) -> bytes:
    """What an article is kept under: another one as soon as anything about it changes."""
    return hashlib.blake2b(record, digest_size=_KEY_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Row:
    """What a version says of one article.

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
    """What a version says of an article."""
    languages = dict(Counter(paragraph.language for paragraph in article.paragraphs()))
    published = article.published.iso if article.published else ""
    return Row(key.hex(), article.id, article.path, article.sha256, article.publisher, published, languages)


@dataclass(frozen=True, slots=True)
class Version:
    """Everything that can be quoted together.

    Attributes:
        name: the same for the same articles and aliases, always.
        rows: its articles, by path.
        rejections: what of the sources was not taken.
        aliases: what else things are called.
    """

    name: str
    rows: tuple[Row, ...]
    rejections: tuple[Rejection, ...]
    aliases: Aliases

    @property
    def paragraphs(self) -> int:
        """How many can be quoted, copies included."""
        return sum(row.paragraphs for row in self.rows)


def version_of(rows: Sequence[Row], rejections: Sequence[Rejection], aliases: Aliases) -> Version:
    """The version that these articles make."""
    digest = hashlib.sha256("".join(sorted(row.key for row in rows)).encode())
    if aliases:
        digest.update(repr((aliases.groups, aliases.people)).encode("utf-8", "surrogatepass"))
    return Version(digest.hexdigest()[:_VERSION_DIGITS], tuple(rows), tuple(rejections), aliases)


def rows_written(rows: Iterable[Row]) -> list[list[Any]]:
    """Rows, ready to be written."""
    return [[getattr(row, each.name) for each in fields(Row)] for row in rows]


def rows_of(values: Iterable[Sequence[Any]]) -> list[Row]:
    """The rows that were written so."""
    return list(starmap(Row, values))


def version_record(version: Version) -> bytes:
    """A version as it is kept."""
    aliases = {"groups": version.aliases.groups, "people": [asdict(person) for person in version.aliases.people]}
    rejections = [[each.path, each.line, each.reason] for each in version.rejections]
    return zlib.compress(
        written(
            {
                "name": version.name,
                "rows": rows_written(version.rows),
                "rejections": rejections,
                "aliases": aliases,
            }
        ),
        1,
    )


def version_from(record: bytes) -> Version:
    """The version that a record holds.

    Raises:
        StoreError: it was damaged since.
    """
    try:
        facts = unwritten(zlib.decompress(record))
    except zlib.error as error:
        raise _damaged() from error
    return Version(facts["name"], tuple(rows_of(facts["rows"])), rejections_of(facts), aliases_of(facts))


def rejections_of(facts: Mapping[str, Any]) -> tuple[Rejection, ...]:
    """The rejections among the facts of a version or its summary."""
    return tuple(Rejection(*each) for each in facts["rejections"])


def aliases_of(facts: Mapping[str, Any]) -> Aliases:
    """The aliases among the facts of a version or its summary."""
    people = (Person(each["family_name"], tuple(each["first_names"])) for each in facts["aliases"]["people"])
    return Aliases(tuple(map(tuple, facts["aliases"]["groups"])), tuple(people))
