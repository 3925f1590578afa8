"""Where sentences begin and end, so that a quote is cut where its author paused, and a line is told from a label."""

from collections.abc import Iterator
from typing import Final

import regex
import sentencex

from retrieval.model import Span

LONGEST: Final = 600
"""Code points of the longest passage, and so of the longest sentence that is kept in one piece."""

_SENTENCE_END: Final = regex.compile(r"""[.!?…。！？։؟۔።।॥។:;,]["'”’»“)\]」』）】》\s]*$""")
_FULL_STOP: Final = regex.compile(r"""[.!?…。！？։؟۔።।॥។]["'”’»“)\]」』）】》\s]*$""")
_TAIL: Final = 20  # code points in which a line ends
_PAUSE: Final = regex.compile(r"[,;:—–،؛、，；：][\"'”’»)\]]*\s+|\s+")
_STRETCH: Final = 2_000  # code points that are parted into sentences at once; hardly a paragraph has so many
_SPACE_BEFORE_STOP: Final = regex.compile(r"(?<![^\S\x00-\x7f])[^\S\x00-\x7f]++(?=\.)")
_GRAPHEME: Final = regex.compile(r"\X")
_LONGEST_GRAPHEME: Final = 32  # code points; longer ones are made to annoy, and are cut


def ends_a_sentence(line: str) -> bool:
    """Whether a line ends as running text does, in the middle of a sentence or at its end."""
    return _SENTENCE_END.search(line, max(0, len(line) - _TAIL)) is not None


def ends_with_a_stop(line: str) -> bool:
    """Whether a line ends with a full stop, a question mark or an exclamation mark."""
    return _FULL_STOP.search(line, max(0, len(line) - _TAIL)) is not None


def sentences(text: str, language: str, longest: int = LONGEST) -> list[Span]:
    """The sentences of ``text``, without the white space between them, in order and disjoint.

    A sentence of more than ``longest`` code points is cut at pauses, failing those at white space, failing that
    between two graphemes. Every character that is not white space is in exactly one of the spans.

    Args:
        text: one paragraph.
        language: ISO 639-1 code; an unknown one is split by general rules.
        longest: in code points, at least 1.
    """
    pieces: list[Span] = []
    for start, end in _boundaries(text, language):
        found = stripped(text, start, end)
        if found is not None:
            pieces += _cut(text, found, longest)
    return pieces


def head(text: str, span: Span, longest: int) -> Span:
    """How a span of a text begins: all of it if that fits, else cut at a pause, failing that between two words.

    Args:
        text: that the span is of.
        span: what is to be shown; it begins with something else than white space.
        longest: in code points, at least 1.
    """
    return _cut(text, span, longest)[0]


def _boundaries(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end, stretch by stretch: the time that one takes grows with its square at worst."""
    start = 0
    while start < len(text):
        stretch = text[start : start + _STRETCH]
        places = [(start + first, start + last) for first, last in _split(stretch, language)]
        if start + len(stretch) == len(text):
            yield from places
            return
        if len(places) > 1:
            yield from places[:-1]
            start = places[-1][0]
        else:  # no end in sight: white space will do, if there is any
            end = start + (stretch.rfind(" ") + 1 or len(stretch))
            yield start, end
            start = end


def _split(stretch: str, language: str) -> list[tuple[int, int]]:
    """What the library says of a stretch; all of it as one sentence where the library breaks down over it."""
    # It steps back a byte from a full stop, into the middle of a space that takes several.
    plain = _SPACE_BEFORE_STOP.sub(lambda found: " " * len(found[0]), stretch)
    try:
        found = sentencex.get_sentence_boundaries(language, plain)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a program in Rust raises in place of an Exception
            raise
        return [(0, len(stretch))]
    return [(each["start_index"], each["end_index"]) for each in found]


def stripped(text: str, start: int, end: int) -> Span | None:
    """``[start, end)`` of ``text`` without white space and byte order marks at its ends; None if nothing is left."""
    while start < end and _is_blank(text[start]):
        start += 1
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return Span(start, end) if start < end else None


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"


def _cut(text: str, span: Span, longest: int) -> list[Span]:
    pieces = []
    rest: Span | None = span
    while rest is not None and len(rest) > longest:
        at = _last_cut(text, rest, longest)
        head = stripped(text, rest.start, at)
        pieces += [head] if head else []
        rest = stripped(text, at, rest.end)
    return [*pieces, rest] if rest else pieces


def _last_cut(text: str, span: Span, longest: int) -> int:
    """The best place to end a piece of at most ``longest`` code points that begins where ``span`` does."""
    limit = span.start + longest
    pauses = [match for match in _PAUSE.finditer(text, span.start + 1, limit + 1) if match.start() <= limit]
    strong = [match for match in pauses if not match.group()[0].isspace() and match.end() - 1 <= limit]
    if strong and strong[-1].start() - span.start >= longest // 2:
        return min(strong[-1].end(), limit)
    if pauses:
        return pauses[-1].start() if pauses[-1].group()[0].isspace() else min(pauses[-1].end(), limit)
    # Of a text of flags the pattern counts all that stand before a place, so it is given the piece alone.
    graphemes = _GRAPHEME.finditer(text[span.start : limit + _LONGEST_GRAPHEME])
    ends = [end for match in graphemes if (end := span.start + match.end()) <= limit]
    return ends[-1] if ends else limit
