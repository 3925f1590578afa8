"""Where a quote may begin and end: a body parted into paragraphs and what is not the article."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import regex

from retrieval import furniture
from retrieval.model import Block, BlockKind, Span
from retrieval.sentences import sentences, stripped

LONGEST_PARAGRAPH: Final = 2_000
"""Code points. A longer stretch without a break is parted at sentence ends, so that a search can tell places apart."""

_LINE: Final = regex.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_TITLE_CHARACTERS: Final = 200
_PROSE_CHARACTERS: Final = 120
_WRAP_COLUMN: Final = 100
_FULL_LINE: Final = 40
_WRAPPED_LINES: Final = 3  # fewer prove nothing


@dataclass(frozen=True, slots=True)
class Layout:
    """A body read: its blocks in order, and what its own first lines say.

    Attributes:
        title: the first line where that is a heading, else None.
        date: ISO date that the text is stamped with at its head, else None.
    """

    blocks: tuple[Block, ...]
    title: str | None
    date: str | None


def read_layout(body: str, language: str, title: str | None = None) -> Layout:
    """Part a body into blocks: disjoint, in order, and together all of it that is not white space.

    Args:
        body: as decoded from the file.
        language: ISO 639-1 code, for sentence ends.
        title: if it is known from elsewhere; its repetitions in the body are no paragraphs.
    """
    lines = _joined(body, _lines(body))
    heading = title or _heading(body, lines)
    stamp = _Stamp.read(body, lines)
    if stamp is not None:
        lines = stamp.cut_from(body, lines)
    kinds = _kinds([line.of(body) for line in lines], heading)
    blocks = [
        Block(piece, kind)
        for line, kind in zip(lines, kinds, strict=True)
        for piece in (_parted(body, line, language) if kind is BlockKind.PARAGRAPH else (line,))
    ]
    if stamp is not None:
        blocks = sorted([*blocks, Block(stamp.span, BlockKind.DATE)], key=lambda block: block.span)
    return Layout(tuple(blocks), heading, stamp.iso if stamp else None)


def _lines(body: str) -> list[Span]:
    found = (stripped(body, *match.span()) for match in _LINE.finditer(body))
    return [line for line in found if line is not None]


def _joined(body: str, lines: list[Span]) -> list[Span]:
    """Lines of a hard-wrapped text joined to paragraphs; a text whose lines are paragraphs as it is.

    Text is taken as wrapped when no line is longer than a wrapping column and most lines with another right below
    them are about as long as a line gets and stop in the middle of a sentence.
    """
    followed = [_adjoin(body, upper, lower) for upper, lower in pairwise(lines)]
    uppers = [line for line, joins in zip(lines, followed, strict=False) if joins]
    broken = [line for line in uppers if len(line) >= _FULL_LINE and not furniture.ends_a_sentence(line.of(body))]
    if len(uppers) < _WRAPPED_LINES or max(map(len, lines)) > _WRAP_COLUMN or len(broken) * 2 <= len(uppers):
        return lines
    groups = [lines[0]]
    for line, joins in zip(lines[1:], followed, strict=True):
        groups[-1:] = [Span(groups[-1].start, line.end)] if joins else [groups[-1], line]
    return groups


def _adjoin(body: str, upper: Span, lower: Span) -> bool:
    return body[upper.end : lower.start].replace("\r\n", "\n").count("\n") == 1


def _heading(body: str, lines: Sequence[Span]) -> str | None:
    """The first line that is not furniture, if it reads like a heading over what follows."""
    for position, line in enumerate(lines):
        text = line.of(body)
        if furniture.is_site_furniture(text) or furniture.is_date_line(text):
            continue
        is_last = position == len(lines) - 1
        if is_last or len(text) > _TITLE_CHARACTERS or furniture.ends_a_sentence(text):
            return None
        if furniture.date_at_head(text) is not None:
            return None
        return _without_site(text, [other.of(body) for other in lines[position + 1 :]])
    return None


def _without_site(title: str, others: Sequence[str]) -> str:
    """The title without the site's name after it, where a later line repeats it bare."""
    return next((other for other in others if other != title and furniture.repeats_title(title, other)), title)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A date printed before the words of the first lines."""

    span: Span
    iso: str
    line: int

    @classmethod
    def read(cls, body: str, lines: Sequence[Span]) -> "_Stamp | None":
        for position, line in enumerate(lines):
            text = line.of(body)
            head = furniture.date_at_head(text)
            prose = _is_prose(text)
            if head is not None and (head[2] or prose) and len(text) > head[0]:
                span = stripped(body, line.start, line.start + head[0])
                return cls(span, head[1], position) if span else None
            if prose:
                return None
        return None

    def cut_from(self, body: str, lines: Sequence[Span]) -> list[Span]:
        rest = stripped(body, self.span.end, lines[self.line].end)
        return [*lines[: self.line], *([rest] if rest else []), *lines[self.line + 1 :]]


def _is_prose(text: str) -> bool:
    return (furniture.ends_a_sentence(text) or len(text) > _PROSE_CHARACTERS) and not (
        furniture.is_site_furniture(text) or furniture.is_caption(text) or furniture.is_date_line(text)
    )


def _kinds(texts: Sequence[str], title: str | None) -> list[BlockKind]:
    """What each line is, by its words, and by where it stands among the others."""
    prose = [position for position, text in enumerate(texts) if _is_prose(text)]
    first = next((at for at in prose if not (title and furniture.repeats_title(texts[at], title))), 0)
    times = Counter(furniture.plain(text) for text in texts if furniture.is_short(text))
    kinds: list[BlockKind] = []
    in_links = False
    for position, text in enumerate(texts):
        kind = _kind_by_words(text, title, last=position >= len(texts) - 2 and position > first)
        short = furniture.is_short(text)
        if kind is BlockKind.PARAGRAPH and short and (in_links or times[furniture.plain(text)] > 1):
            kind = BlockKind.FURNITURE
        if kind is BlockKind.PARAGRAPH and short and position < first:
            kind = BlockKind.LABEL
        if kind in {BlockKind.FURNITURE, BlockKind.PARAGRAPH}:
            in_links = kind is BlockKind.FURNITURE and (in_links or furniture.opens_links(text))
        kinds.append(kind)
    return kinds


def _kind_by_words(text: str, title: str | None, *, last: bool) -> BlockKind:
    if title and furniture.repeats_title(text, title):
        return BlockKind.TITLE
    if furniture.is_site_furniture(text):
        return BlockKind.FURNITURE
    if furniture.is_caption(text):
        return BlockKind.CAPTION
    if furniture.is_date_line(text):
        return BlockKind.DATE
    return BlockKind.CREDIT if last and furniture.is_credit(text) else BlockKind.PARAGRAPH


def _parted(body: str, span: Span, language: str) -> Iterator[Span]:
    """A stretch as it is, or an overlong one in runs of whole sentences."""
    if len(span) <= LONGEST_PARAGRAPH:
        yield span
        return
    start = end = span.start
    for sentence in sentences(span.of(body), language):
        if end > start and span.start + sentence.end - start > LONGEST_PARAGRAPH:
            yield Span(start, end)
            start = span.start + sentence.start
        end = span.start + sentence.end
    yield Span(start, end)
