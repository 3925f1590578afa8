"""What the words of this package mean: the facts that travel from a file to an answer.

Offsets count code points of the article's body: of a text file, the file decoded as UTF-8, nothing translated or
stripped.
Every range is half-open, ``[start, end)``. Nothing here holds a text of its own beside `Article.body`: a quote
is sliced from the body when it is shown, so one that is not verbatim cannot be represented.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in one body; never empty.

    Raises:
        ValueError: unless ``0 <= start < end``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        """The same range counted from ``by`` code points further left."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared, as precisely as is known.

    Attributes:
        iso: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        approximate: True when the date was inferred rather than printed by the publisher.
    """

    iso: str
    approximate: bool = False

    @property
    def day(self) -> dt.date | None:
        """The day; None where only the month or the year is known."""
        return dt.date.fromisoformat(self.iso) if len(self.iso) == len("YYYY-MM-DD") else None


class BlockKind(StrEnum):
    """What a stretch of a body is; only a paragraph is ever indexed or quoted."""

    PARAGRAPH = "paragraph"
    TITLE = "title"
    CAPTION = "caption"
    DATE = "date"
    LABEL = "section label"
    CREDIT = "credit"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a body and what it is. The blocks of a body cover all that is not white space.

    Attributes:
        language: ISO 639-1 code, where it differs from the article's.
    """

    span: Span
    kind: BlockKind
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the corpus, with what is known about it. What is not known is None, never a guess.

    Attributes:
        id: unique in the corpus.
        path: of the file, relative to the corpus folder, with forward slashes; with ``#part`` behind it where the file
            holds several articles.
        sha256: of the body as UTF-8, in hex; of a `.txt` file that is its bytes.
        body: what the file says, word for word; of a `.txt` file all of it, decoded as UTF-8.
        title: from the manifest or the file, else the first line where that is a heading, else the file's name.
        language: ISO 639-1 code.
        blocks: in the order of the body, disjoint.
        pages: where in the body each page begins, ascending, the first at 0; empty where there are none.
    """

    id: str
    path: str
    sha256: str
    body: str
    title: str
    publisher: str | None
    published: Published | None
    language: str
    url: str | None
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page, from 1, that a place of the body is on; None where there are no pages."""
        return bisect_right(self.pages, offset) or None

    @property
    def day(self) -> dt.date | None:
        """The day on which it appeared; None where that is not known so precisely."""
        return self.published.day if self.published else None

    def paragraphs(self) -> Iterator["Paragraph"]:
        """What may be indexed and quoted, in the order of the body."""
        return (
            Paragraph(self, block.span, block.language) for block in self.blocks if block.kind is BlockKind.PARAGRAPH
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit of search: a span of one article.

    Attributes:
        own_language: ISO 639-1 code, where it differs from the article's.
    """

    article: Article
    span: Span
    own_language: str | None = None

    @property
    def text(self) -> str:
        """The paragraph, sliced from the body."""
        return self.span.of(self.article.body)

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language that the paragraph is in."""
        return self.own_language or self.article.language


class Token(NamedTuple):
    """A word of a text: where it stands, how it is spelt, and what it counts as. A tuple: there are very many.

    Attributes:
        start: its first code point, counted from where the text that was read begins.
        end: one past its last; words that are written as one may share their place.
        form: in lower case and one spelling, before stemming.
        term: what it counts as; empty as long as that is not known.
    """

    start: int
    end: int
    form: str
    term: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    def moved(self, by: int) -> "Token":
        """The same word counted from ``by`` code points further left."""
        return Token(self.start + by, self.end + by, self.form, self.term)
