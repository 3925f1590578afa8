"""What is quoted of an article when nothing was asked? How it begins, in whole sentences, word for word."""

from typing import Final

from retrieval.answers import Passage
from retrieval.model import Article, Paragraph, Span
from retrieval.sentences import LONGEST, sentences

_FEWEST: Final = 40  # code points of an opening; what is shorter tells nothing, and the next paragraph is taken


def opening(article: Article) -> Passage | None:
    """The first paragraph of an article that tells something, of a long one its first sentences; None without any.

    Returns:
        A passage without highlights that scores 0; what stands out in it is its first sentence.
    """
    first = next(article.paragraphs(), None)
    telling = (each for each in article.paragraphs() if len(each.span) >= _FEWEST)
    return _beginning(next(telling, first)) if first else None


def _beginning(paragraph: Paragraph) -> Passage:
    pieces = sentences(paragraph.text, paragraph.language)
    last = max(at for at, piece in enumerate(pieces) if at == 0 or piece.end - pieces[0].start <= LONGEST)
    at = paragraph.span.start
    return Passage(
        article=paragraph.article,
        language=paragraph.language,
        span=Span(pieces[0].start, pieces[last].end).shifted(at),
        sentence=pieces[0].shifted(at),
        highlights=(),
        score=0.0,
        coverage=0.0,
        sentence_coverage=0.0,
    )
