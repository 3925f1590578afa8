"""Where a quote may begin and end: a body parted into paragraphs and what is not the article."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

import regex

from retrieval import furniture
from retrieval.model import Block, BlockKind, Span
from retrieval.sentences import ends_a_sentence, ends_with_a_stop, sentences, stripped

LONGEST_PARAGRAPH: Final = 2_000
"""Code points. A longer stretch without a break is parted at sentence ends, so that a search can tell places apart."""

_LINE: Final = regex.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_TITLE_CHARACTERS: Final = 120
_TITLE_WORDS: Final = 14
_PROSE_CHARACTERS: Final = 120
_LINK_CHARACTERS: Final = 200
_WRAP_COLUMN: Final = 100
_FULL_LINE: Final = 40
_WRAPPED_LINES: Final = 2  # fewer prove nothing
_LABELS: Final = 3  # more short lines in a row are a list, a poem, key points
_REPETITIONS: Final = 3
_ALIKE: Final = 0.6  # share of the words of a given title that a heading in the file must have


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
    heading = _heading(body, lines)
    titles = [each for each in (title, heading if not title or _alike(heading, title) else None) if each]
    stamp = _Stamp.read(body, lines)
    if stamp is not None:
        lines = stamp.cut_from(body, lines)
    texts = [line.of(body) for line in lines]
    kinds = _kinds(texts, titles)
    blocks = [
        Block(piece, kind)
        for line, kind in zip(lines, kinds, strict=True)
        for piece in (_parted(body, line, language) if kind is BlockKind.PARAGRAPH else (line,))
    ]
    if stamp is not None:
        blocks = sorted([*blocks, Block(stamp.span, BlockKind.DATE)], key=lambda block: block.span)
    return Layout(tuple(blocks), heading, stamp.iso if stamp else _dated(texts, kinds))


def _alike(heading: str | None, title: str) -> bool:
    """Whether a heading in the file is the title that was given, more or less."""
    said, given = set(furniture.plain(heading or "").split()), set(furniture.plain(title).split())
    return bool(given) and len(said & given) >= _ALIKE * len(given)


def _dated(texts: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    """The date of the first date line above the first paragraph."""
    above = zip(texts, kinds, strict=True)
    for text, kind in above:
        if kind is BlockKind.PARAGRAPH:
            return None
        found = furniture.date_line(text) if kind is BlockKind.DATE else None
        if found and found[0]:
            return found[0]
    return None


def _lines(body: str) -> list[Span]:
    found = (stripped(body, *match.span()) for match in _LINE.finditer(body))
    return [line for line in found if line is not None]


def _joined(body: str, lines: list[Span]) -> list[Span]:
    """Lines of a hard-wrapped text joined to paragraphs; a text whose lines are paragraphs as it is.

    Text is taken as wrapped when hardly a line is longer than a wrapping column and most lines with another right
    below them are about as long as a line gets and stop in the middle of a sentence.
    """
    followed = [_adjoin(body, upper, lower) for upper, lower in pairwise(lines)]
    uppers = [line for line, joins in zip(lines, followed, strict=False) if joins]
    broken = [line for line in uppers if len(line) >= _FULL_LINE and not ends_a_sentence(line.of(body))]
    overlong = sum(len(line) > _WRAP_COLUMN for line in lines)
    if len(uppers) < _WRAPPED_LINES or overlong * 10 > len(lines) or len(broken) * 2 <= len(uppers):
        return lines
    groups = [lines[0]]
    for line, joins in zip(lines[1:], followed, strict=True):
        groups[-1:] = [Span(groups[-1].start, line.end)] if joins else [groups[-1], line]
    return groups


def _adjoin(body: str, upper: Span, lower: Span) -> bool:
    return body[upper.end : lower.start].replace("\r\n", "\n").count("\n") == 1


def _heading(body: str, lines: Sequence[Span]) -> str | None:
    """The first line that is not furniture, if it reads like a heading over what follows."""
    texts = [line.of(body) for line in lines]
    passed = (i for i, text in enumerate(texts) if not (furniture.is_site_furniture(text) or furniture.date_line(text)))
    first = next(passed, None)
    if first is None or not any(ends_with_a_stop(text) for text in texts[first + 1 :]):
        return None
    text, following = texts[first], texts[first + 1]
    if len(text) > _TITLE_CHARACTERS or len(text.split()) > _TITLE_WORDS or furniture.date_at_head(text):
        return None
    asks = text.endswith(("?", "!")) and len(following) > 2 * len(text)
    if (ends_a_sentence(text) and not asks) or following[0].islower():
        return None
    return _without_site(text, texts[first + 1 :])


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
        """A stamp without a label may be told rather than stamped: then other lines have one, or it goes on small."""
        heads = [furniture.date_at_head(line.of(body)) for line in lines]
        told = sum(head is not None for head in heads) > 1
        for position, (line, head) in enumerate(zip(lines, heads, strict=True)):
            prose = _is_prose(line.of(body))
            if head is not None and len(line) > head[0]:
                goes_on_small = body[line.start + head[0]].islower()
                if head[2] or (prose and not told and not goes_on_small):
                    span = stripped(body, line.start, line.start + head[0])
                    return cls(span, head[1], position) if span else None
            if prose:
                return None
        return None

    def cut_from(self, body: str, lines: Sequence[Span]) -> list[Span]:
        rest = stripped(body, self.span.end, lines[self.line].end)
        return [*lines[: self.line], *([rest] if rest else []), *lines[self.line + 1 :]]


def _is_prose(text: str) -> bool:
    return _reads_on(text) and not (
        furniture.is_site_furniture(text) or furniture.is_caption(text) or furniture.date_line(text)
    )


def _reads_on(text: str) -> bool:
    """Whether a line ends, or is long, as running text."""
    return ends_a_sentence(text) or len(text) > _PROSE_CHARACTERS


def _kinds(texts: Sequence[str], titles: Sequence[str]) -> list[BlockKind]:
    """What each line is, by its words, and by where it stands among the others."""
    kinds = [
        _kind_by_words(text, titles, last=position >= max(1, len(texts) - 2)) for position, text in enumerate(texts)
    ]
    _mark_links(texts, kinds)
    _mark_repeated(texts, kinds)
    _mark_labels(texts, kinds)
    return kinds


def _kind_by_words(text: str, titles: Sequence[str], *, last: bool) -> BlockKind:
    if any(furniture.repeats_title(text, title) for title in titles):
        return BlockKind.TITLE
    if furniture.is_site_furniture(text):
        return BlockKind.FURNITURE
    if furniture.is_caption(text):
        return BlockKind.CAPTION
    if furniture.date_line(text):
        return BlockKind.DATE
    return BlockKind.CREDIT if last and furniture.is_credit(text) else BlockKind.PARAGRAPH


def _mark_links(texts: Sequence[str], kinds: list[BlockKind]) -> None:
    """What stands below "Related articles", up to the next line that ends with a full stop."""
    among_links = False
    for position, text in enumerate(texts):
        if kinds[position] is BlockKind.FURNITURE:
            among_links = among_links or furniture.opens_links(text)
        elif kinds[position] is BlockKind.PARAGRAPH:
            is_title = len(text) <= _LINK_CHARACTERS and (text.endswith(("?", "!")) or not ends_a_sentence(text))
            among_links = among_links and is_title
            if among_links:
                kinds[position] = BlockKind.FURNITURE


def _mark_repeated(texts: Sequence[str], kinds: list[BlockKind]) -> None:
    """A short line again and again is a button, in a language without rules too; not where it is an answer."""
    times = Counter(furniture.plain(text) for text in texts if furniture.is_label(text))
    if max(times.values(), default=0) < _REPETITIONS:
        return
    for position, text in enumerate(texts):
        answers = position > 0 and texts[position - 1].endswith("?")
        if kinds[position] is BlockKind.PARAGRAPH and times[furniture.plain(text)] >= _REPETITIONS and not answers:
            kinds[position] = BlockKind.FURNITURE


def _mark_labels(texts: Sequence[str], kinds: list[BlockKind]) -> None:
    """A few short lines above the first prose: the section, the author, the place."""
    paragraphs = [at for at, kind in enumerate(kinds) if kind is BlockKind.PARAGRAPH]
    above = list(takewhile(lambda at: not _reads_on(texts[at]), paragraphs))
    if len(above) == len(paragraphs):
        return  # there is no prose for them to stand over
    if len(above) <= _LABELS and all(furniture.is_label(texts[at]) for at in above):
        for at in above:
            kinds[at] = BlockKind.LABEL


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
