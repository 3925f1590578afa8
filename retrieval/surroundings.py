"""What stands around a quote in its article?"""

from dataclasses import dataclass

from retrieval.collection import Catalog
from retrieval.model import Article, Paragraph, Span


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quote's paragraph with those before and after it: a run of what may be quoted, nothing left out between.

    Attributes:
        article: as this version of the corpus has it.
        paragraphs: in the order of the body; never empty.
        quoted: which of them hold the quote, half-open, counted from 0; mostly one.
        before_left: how many more there are above the first.
        after_left: how many more there are below the last.
    """

    article: Article
    paragraphs: tuple[Paragraph, ...]
    quoted: range
    before_left: int
    after_left: int


def around(
    catalog: Catalog, sha256: str, span: Span, before: int, after: int, *, article_id: str | None = None
) -> Surroundings | None:
    """The paragraphs that hold a quote, with so many above and below them as there are, at most as many as asked for.

    Args:
        catalog: of the version that serves.
        sha256: of the body that the quote was taken from.
        span: of the quote in that body.
        before: at most so many paragraphs above the quote's own, at least 0.
        after: at most so many below, at least 0.
        article_id: whose quote it is, where several articles have this body; without it any of them.

    Returns:
        None when no article of this version has that body any more, or no paragraph of it is at that place.
    """
    article = with_body(catalog, sha256, article_id)
    if article is None:
        return None
    paragraphs = tuple(article.paragraphs())
    held = [at for at, each in enumerate(paragraphs) if each.span.start < span.end and span.start < each.span.end]
    if not held:
        return None
    first, last = max(0, held[0] - before), min(len(paragraphs), held[-1] + 1 + after)
    return Surroundings(
        article=article,
        paragraphs=paragraphs[first:last],
        quoted=range(held[0] - first, held[-1] + 1 - first),
        before_left=first,
        after_left=len(paragraphs) - last,
    )


def with_body(catalog: Catalog, sha256: str, article_id: str | None = None) -> Article | None:
    """The article of this version that has a body, the one with the id before others; None when none has it."""
    known = catalog.with_id(article_id) if article_id is not None else None
    if known is not None and known.sha256 == sha256:
        return known
    found = catalog.with_sha256(sha256)  # may be of the version before
    same = catalog.with_id(found.id) if found else None
    return same if same is not None and same.sha256 == sha256 else None
