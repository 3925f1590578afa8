"""Which words we show of a paragraph, and which of them stand out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.analysis import Analyzer
from retrieval.confidence import coverage
from retrieval.model import Paragraph, Passage, QuestionWord, Span, Token
from retrieval.sentences import LONGEST, sentences


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question looks for: its words, and what each weighs. The two are parallel."""

    words: Sequence[QuestionWord]
    weights: Sequence[float]
    terms: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", frozenset(term for word in self.words for term in word.terms))

    def share_in(self, tokens: Sequence[Token]) -> float:
        """The share of the question's weight that these tokens hold, 0 to 1."""
        return coverage(self.words, self.weights, {token.term for token in tokens})


def quote(
    paragraph: Paragraph,
    wanted: Wanted,
    score: float,
    also_in: Sequence[Paragraph] = (),
    longest: int = LONGEST,
) -> Passage:
    """The part of a paragraph that answers best: whole sentences, at most ``longest`` code points.

    Args:
        paragraph: as a search found it.
        wanted: what to look for.
        score: of the paragraph, to be kept with the passage.
        also_in: paragraphs of other articles with the same words.
        longest: in code points; a sentence beyond it is cut at a pause.
    """
    text = paragraph.text
    matches = Analyzer(paragraph.article.language).tokens(text, wanted.terms)
    pieces = sentences(text, paragraph.article.language, longest)
    best = max(range(len(pieces)), key=lambda at: (wanted.share_in(_within(pieces[at], matches)), -at))
    span = max(_runs(pieces, best, longest), key=lambda run: (wanted.share_in(_within(run, matches)), len(run)))
    shown = _within(span, matches)
    start = paragraph.span.start
    return Passage(
        article=paragraph.article,
        span=span.shifted(start),
        sentence=pieces[best].shifted(start),
        highlights=tuple(token.span.shifted(start) for token in shown),
        score=score,
        coverage=wanted.share_in(shown),
        also_in=tuple(also_in),
    )


def _within(span: Span, tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.span in span]


def _runs(pieces: Sequence[Span], best: int, longest: int) -> list[Span]:
    """Every run of neighbouring sentences around the best one that is short enough, the earliest first."""
    runs = [
        Span(pieces[first].start, pieces[last].end)
        for first in range(best + 1)
        for last in range(best, len(pieces))
        if pieces[last].end - pieces[first].start <= longest
    ]
    return runs or [pieces[best]]
