"""What the words of this package mean: the facts that travel from a file to an answer.

Offsets count code points of the article's body: the file decoded as UTF-8, nothing translated or stripped.
Every range is half-open, ``[start, end)``. Nothing here holds a text of its own beside `Article.body`: a quote
is sliced from the body when it is shown, so one that is not verbatim cannot be represented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


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
    """One stretch of a body and what it is. The blocks of a body cover all that is not white space."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the corpus, with what is known about it. What is not known is None, never a guess.

    Attributes:
        id: unique in the corpus.
        path: of the file, relative to the corpus folder, with forward slashes.
        sha256: of the file's bytes, in hex.
        body: the file's bytes decoded as UTF-8.
        title: from the manifest, else the first line where that is a heading, else the file's name.
        language: ISO 639-1 code.
        blocks: in the order of the body, disjoint.
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

    def paragraphs(self) -> Iterator["Paragraph"]:
        """What may be indexed and quoted, in the order of the body."""
        return (Paragraph(self, block.span) for block in self.blocks if block.kind is BlockKind.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit of search: a span of one article."""

    article: Article
    span: Span

    @property
    def text(self) -> str:
        """The paragraph, sliced from the body."""
        return self.span.of(self.article.body)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        span: where it stands; words that are written as one may share a span.
        term: what it counts as.
        form: the word in lower case and one spelling, before stemming.
    """

    span: Span
    term: str
    form: str


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of the question that is worth searching for.

    Attributes:
        text: as it was typed.
        terms: what it counts as in each language of the corpus, without repetition; never empty.
    """

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found by an index.

    Attributes:
        ordinal: the paragraph's position in the sequence that the index was built from.
        score: comparable only with the other hits of the same search.
    """

    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paragraph and what it scored for a question.

    Attributes:
        paragraph: as it is quoted; of several with the same words, the oldest.
        ordinal: its number in the index, which `Retriever.explain` takes.
        score: comparable only with the others of the same question.
    """

    paragraph: Paragraph
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a paragraph's score; all of them sum up to it.

    Attributes:
        field: which of the paragraph's indexed fields it comes from.
        word: the word of the question, as typed.
        term: what was looked up for it.
        score: what it adds.
    """

    field: str
    word: str
    term: str
    score: float


class Band(StrEnum):
    """How well the articles cover a question."""

    FOUND = "found"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Passage:
    """What is shown of a paragraph: a span of its article and what stands out in it.

    Attributes:
        article: where the words come from.
        span: of the passage in the body.
        sentence: of the sentence in the body that covers the question best; inside ``span``.
        highlights: of words that match the question, in the body, in order, disjoint, inside ``span``.
        score: of the paragraph in this search.
        coverage: share of the question's weight that the passage holds, 0 to 1.
        also_in: other articles' paragraphs with the same words, oldest first.
    """

    article: Article
    span: Span
    sentence: Span
    highlights: tuple[Span, ...]
    score: float
    coverage: float
    also_in: tuple[Paragraph, ...] = ()

    @property
    def quote(self) -> str:
        """The passage word for word, sliced from the body."""
        return self.span.of(self.article.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is known in reply to a question.

    Attributes:
        question: as it was asked, in full.
        language: ISO 639-1 code that the question was understood in.
        band: with `Band.NONE` there are no passages.
        corpus_version: names the content that was searched.
        searched_words: the words of the question that were searched for; empty when it held none.
        missing_terms: those of them that no article contains, as typed, in order.
        did_you_mean: the question with misspelt words replaced by the articles' own, if that covers more.
        confidence: how likely it is that the articles answer, 0 to 1.
        passages: best first, each from another paragraph.
    """

    question: str
    language: str
    band: Band
    corpus_version: str
    searched_words: tuple[str, ...] = ()
    missing_terms: tuple[str, ...] = ()
    did_you_mean: str | None = None
    confidence: float = 0.0
    passages: tuple[Passage, ...] = ()
