"""What is a question, word by word, what may be found for it, and what is an answer?

Ranges are half-open and count code points, as in `retrieval.model`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from retrieval.filters import JUST_WORDS, Understood
from retrieval.model import Article, Paragraph, Span

LIKELY: Final = 0.8
"""Likeness from which on a misspelt word is probably the one that it is like: one slip in five letters."""
MOST_PASSAGES: Final = 10
"""Passages of an answer that can be paged through, at most, unless more are asked for at once."""


class Match(StrEnum):
    """Why a term of the articles counts as a word of the question."""

    SAME = "same word"
    SCRIPT = "other letters"
    SPELLING = "likely misspelt"
    ALIAS = "other name"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class WantedTerm:
    """A term of the articles that is looked up for a word of the question.

    Attributes:
        term: as it is indexed.
        match: why it is looked up.
        likeness: above 0, up to 1: how much of the word is found where the term is.
        together: terms of a name of several words, all of which must be there for one to prove anything.
    """

    term: str
    match: Match
    likeness: float
    together: frozenset[str] = frozenset()

    @property
    def proof(self) -> float:
        """How much finding the term proves, 0 to 1: a guess proves less than it is like, a bold one nothing."""
        if self.match is not Match.SPELLING:
            return self.likeness
        return self.likeness**3 if self.likeness >= LIKELY else 0.0


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of the question that is worth searching for.

    Attributes:
        text: as it was typed.
        form: in lower case, before stemming.
        terms: what is looked up for it, without repetition; empty when no article holds anything like it.
        weight: what finding it tells, in nats; most for a word that no article holds, if one could.
    """

    text: str
    form: str
    terms: tuple[WantedTerm, ...]
    weight: float

    @property
    def is_sure(self) -> bool:
        """Whether an article holds the word itself."""
        return any(each.match is Match.SAME for each in self.terms)

    @property
    def is_misspelt(self) -> bool:
        """Whether it is only taken for words that are written much like it."""
        return bool(self.terms) and all(each.match is Match.SPELLING for each in self.terms)

    @property
    def is_known(self) -> bool:
        """Whether the articles hold it or something that it almost certainly stands for."""
        return any(wanted.proof for wanted in self.terms)

    def share_in(self, terms: AbstractSet[str]) -> float:
        """How much of the word these terms hold, 0 to 1."""
        found = [wanted for wanted in self.terms if wanted.term in terms]
        return min(1.0, sum([wanted.proof for wanted in found if wanted.together <= terms])) if found else 0.0


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
        language: ISO 639-1 code of what is quoted.
        span: of the passage in the body.
        sentence: of the sentence in the body that covers the question best; inside ``span``.
        highlights: of words that match the question, in the body, in order, disjoint, inside ``span``.
        score: of the paragraph in this search.
        coverage: share of the question's weight that the passage holds, 0 to 1.
        sentence_coverage: the same for ``sentence``.
        also_in: other articles' paragraphs with the same words, oldest first.
        rank: place among all passages of the answer by score, from 1, in whatever order they are shown.
    """

    article: Article
    language: str
    span: Span
    sentence: Span
    highlights: tuple[Span, ...]
    score: float
    coverage: float
    sentence_coverage: float
    also_in: tuple[Paragraph, ...] = ()
    rank: int = 1

    @property
    def quote(self) -> str:
        """The passage word for word, sliced from the body."""
        return self.span.of(self.article.body)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against the best paragraph's answering a question.

    Attributes:
        paragraph: share of the question's weight whose words its best paragraph or the title above it holds, 0 to 1.
        sentence: the same for the best sentence of that paragraph.
        letters: share of the question's 4-grams, by weight, that the paragraph holds, 0 to 1.
        unknown: share of the question's weight whose words no article holds, nor anything like them, 0 to 1.
        names_missing: share of the weight of the question's names and numbers that the paragraph lacks; 0 without any.
        words: natural logarithm of one more than the number of words: the same share of many words tells more.
        paragraphs: natural logarithm of their number in the corpus: among more of them, more is found by chance.
    """

    paragraph: float
    sentence: float
    letters: float
    unknown: float
    names_missing: float
    words: float
    paragraphs: float


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is known in reply to a question.

    Attributes:
        question: as it was asked, in full.
        language: ISO 639-1 code that the question was understood in.
        band: with `Band.NONE` there are no passages, nor on a page behind the last.
        corpus_version: names the content that was searched.
        searched_words: the words of the question that were searched for; empty when it held none.
        missing_terms: those of them that no article contains, nor anything like them, as typed, in order.
        lacking_terms: those of them that articles contain, but not the best passage's paragraph, as typed, in order.
        did_you_mean: the question with its misspelt words as the passages write them; None where no passage rests on
            one.
        confidence: how likely it is that the articles answer, 0 to 1.
        evidence: what the confidence rests on; None when no paragraph holds a word of the question.
        passages: those of the page that was asked for, in the order that was asked for, each from another paragraph.
        nearest: with `Band.NONE`, articles about what comes nearest to the question; the newest where nothing does.
        found: how many passages there are to page through, those that are not shown included.
        understood: what was made of the question beyond its words.
    """

    question: str
    language: str
    band: Band
    corpus_version: str
    searched_words: tuple[str, ...] = ()
    missing_terms: tuple[str, ...] = ()
    lacking_terms: tuple[str, ...] = ()
    did_you_mean: str | None = None
    confidence: float = 0.0
    evidence: Evidence | None = None
    passages: tuple[Passage, ...] = ()
    nearest: tuple[Article, ...] = ()
    found: int = 0
    understood: Understood = JUST_WORDS
