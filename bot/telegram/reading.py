"""How is read what stands around a quote, or the whole article? In the article's own words, as far as a message holds.

Each paragraph is a quote of its own, word for word; those that are shown together follow each other in the article.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import MessageEntity

from bot.speech import Speech
from bot.telegram import button_texts
from bot.telegram.drafts import BETWEEN, TEXT_UNITS, Draft, units_of
from bot.telegram.messages import attribute
from bot.telegram.pressing import Kept, Reading
from bot.telegram.reopened import to_change
from retrieval import Article, Fate, Paragraph, Span, Standing, Surroundings, head

_MOST_UNITS: Final = 3_400  # of a piece: it fits into a message together with its attribution
_CUT: Final = 1_500  # code points of a piece of what is longer: of two units each, they fit as well
_MOST_PIECES: Final = 90  # of a message: each is an entity, of which Telegram takes a hundred
_PARTING: Final = "\n"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of an article, in a message.

    Attributes:
        draft: the message.
        pieces: of the body, which it shows word for word.
        before: paragraphs from its first one to the quote's, negative where it begins below that.
        after: from the quote's to its last one, negative where it ends above that.
        more_before: whether there are others above.
        more_after: whether there are others below.
    """

    draft: Draft
    pieces: tuple[Span, ...]
    before: int
    after: int
    more_before: bool
    more_after: bool


def read_around(
    found: Surroundings, wanted: Reading, quote: Span, say: Speech, *, best: Span | None = None, first: str = ""
) -> Excerpt:
    """A quote with what stands around it, as much of that as fits.

    Args:
        found: what stands around it, at least as far as is wanted.
        wanted: how far, and what is to be seen in any case.
        quote: in the body of the article.
        say: in these words.
        best: the sentence that stands out.
        first: what is to be said before it.
    """
    last = len(found.paragraphs) - 1
    start = min(max(0, found.quoted.start - wanted.before), last)
    end = max(start, min(found.quoted.stop - 1 + wanted.after, last)) + 1
    pieces = [(at, piece) for at in range(start, end) for piece in parted(found.paragraphs[at])]
    source = _source(found.article, best or quote, say)
    room = TEXT_UNITS - source.units - units_of(first) - len(BETWEEN)
    chosen = sorted(_fitting(found.article, _by_importance(pieces, wanted.kept, quote), room), key=lambda each: each[1])
    spans, top, bottom = [span for _, span in chosen], chosen[0][0], chosen[-1][0]
    return Excerpt(
        _draft(found.article, spans, source, best or quote, first),
        tuple(spans),
        before=found.quoted.start - top,
        after=bottom - found.quoted.stop + 1,
        more_before=found.before_left + top > 0,
        more_after=found.after_left > 0 or bottom + 1 < len(found.paragraphs),
    )


def pages_of(article: Article, place: Span, say: Speech) -> list[list[Span]]:
    """The pieces of an article, page by page: on each as many whole paragraphs as fit into a message.

    Args:
        article: that is read.
        place: that the link below each page leads to.
        say: in these words.
    """
    room = TEXT_UNITS - _source(article, place, say).units
    pages: list[list[Span]] = [[]]
    left = room
    for piece in (piece for paragraph in article.paragraphs() for piece in parted(paragraph)):
        cost = _cost(article, piece)
        if pages[-1] and (cost > left or len(pages[-1]) == _MOST_PIECES):
            pages.append([])
            left = room
        pages[-1].append(piece)
        left -= cost
    return pages


def read_page(article: Article, pieces: Sequence[Span], place: Span, say: Speech) -> Draft:
    """One page of an article.

    Args:
        article: that is read.
        pieces: that the page shows, in order.
        place: that the link leads to.
        say: in these words.
    """
    return _draft(article, pieces, _source(article, place, say), place)


def read_change(standing: Standing, text: str, say: Speech) -> Draft:
    """A quote whose article says it in other words now, or not at all.

    Args:
        standing: what became of the quote; it does not stand.
        text: of the quote, as it was shown.
        say: in these words.
    """
    if standing.fate is Fate.REMOVED:
        return Draft(say(button_texts.WORDS_REMOVED))
    draft, change = Draft(say(button_texts.WORDS_CHANGED)), to_change(text, standing, say)
    draft.append(change, "\n")
    return draft


def parted(paragraph: Paragraph) -> Iterator[Span]:
    """A paragraph in pieces that each fit into a message: in one, unless it is very long."""
    body, rest = paragraph.article.body, paragraph.span
    while units_of(rest.of(body)) > _MOST_UNITS:
        piece = head(body, rest, _CUT)
        yield piece
        start = piece.end
        while start < rest.end and body[start].isspace():
            start += 1
        if start == rest.end:
            return
        rest = Span(start, rest.end)
    yield rest


def _by_importance(pieces: Sequence[tuple[int, Span]], kept: Kept, quote: Span) -> Sequence[tuple[int, Span]]:
    """The pieces, those first that are to be seen in any case; each of them stands beside one before it."""
    if kept is Kept.UPPER:
        return pieces
    if kept is Kept.LOWER:
        return pieces[::-1]

    def distance(piece: tuple[int, Span]) -> int:
        return max(quote.start - piece[1].end, piece[1].start - quote.end, 0)

    return sorted(pieces, key=distance)


def _fitting(article: Article, pieces: Iterable[tuple[int, Span]], room: int) -> Iterator[tuple[int, Span]]:
    """The first pieces that find room, in UTF-16 units; one in any case."""
    for number, piece in enumerate(pieces):
        room -= _cost(article, piece[1])
        if number and (room < 0 or number == _MOST_PIECES):
            return
        yield piece


def _draft(article: Article, pieces: Sequence[Span], source: Draft, place: Span, first: str = "") -> Draft:
    draft = Draft(first)
    for piece in pieces:
        quoted = Draft()
        quoted.add(piece.of(article.body), MessageEntity.BLOCKQUOTE)
        start, end = max(place.start, piece.start), min(place.end, piece.end)
        quoted.mark(start - piece.start, end - piece.start, MessageEntity.BOLD)
        draft.append(quoted, _PARTING)
    draft.append(source, _PARTING)
    return draft


def _cost(article: Article, piece: Span) -> int:
    return units_of(piece.of(article.body)) + len(_PARTING)


def _source(article: Article, place: Span, say: Speech) -> Draft:
    draft = Draft("— ")
    attribute(draft, article, place, say)
    return draft
