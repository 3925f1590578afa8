"""Does a quote that was shown still stand in the articles, and if not, what became of its words?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import regex
from rapidfuzz.distance import Indel

from retrieval.collection import Catalog
from retrieval.model import Article, Paragraph, Span
from retrieval.sentences import sentences
from retrieval.surroundings import with_body

_ALIKE: Final = 0.5  # share of the words of both that two texts have in common, from which on one was made of the other
_LOOKED_AT: Final = 8  # paragraphs that share most words with the quote; their order is looked at, which takes longer
# What may change by itself: a run of letters and digits, or any other character; where no spaces are written, each.
_UNSPACED: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER: Final = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{_UNSPACED}]]"
_WORD: Final = regex.compile(rf"{_LETTER}+|\S", regex.V1)
_OF_WORDS: Final = regex.compile(_LETTER, regex.V1)
_WRITTEN: Final = regex.compile(r"\S+")
_TRIED: Final = 1_000  # places inside of longer words, after which no more are looked at


class Fate(StrEnum):
    """What became of a quote."""

    STANDS = "stands"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that are there instead of others; not both are None.

    Attributes:
        old: the words that went, in the text that was quoted; None where only words were added.
        new: the words that came, in the body of the article as it is now; None where words only went.
    """

    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a quote in this version of the corpus.

    Attributes:
        fate: `Fate.STANDS` where the article still says it, white space aside.
        article: as it is now; None with `Fate.REMOVED`.
        span: of the same words in its body, or of those nearest to them; None with `Fate.REMOVED`.
        differences: in order, disjoint; only with `Fate.CHANGED`. What is left of both texts without them are the
            same words.
    """

    fate: Fate
    article: Article | None = None
    span: Span | None = None
    differences: tuple[Difference, ...] = ()


_REMOVED: Final = Standing(Fate.REMOVED)


def standing(catalog: Catalog, article_id: str, sha256: str, span: Span, text: str) -> Standing:
    """Whether a quote still stands in its article, how its words were changed, or that they are gone.

    Args:
        catalog: of the version that serves.
        article_id: of the article that was quoted.
        sha256: of the body that was quoted.
        span: of the quote in that body.
        text: the quote, as it was shown.
    """
    same = with_body(catalog, sha256, article_id)
    if same is not None and span.of(same.body) == text:
        return Standing(Fate.STANDS, same, span)
    article = catalog.with_id(article_id)
    if article is None:
        return _REMOVED
    place = _same_words(article.body, text, span.start)
    return Standing(Fate.STANDS, article, place) if place else _changed(article, text)


def _same_words(body: str, text: str, near: int) -> Span | None:
    """Where a body has the words of a text, white space aside; of two places the one nearer to the old.

    Both are compared with one space in place of all white space, so that the time grows with the body alone.
    """
    wanted, said = _collapsed(text), _collapsed(body)
    if not wanted:
        return None
    old = len(_collapsed(body[:near]))
    later = _place(said, wanted, old, forward=True)
    earlier = _place(said, wanted, old, forward=False)
    places = [place for place in (earlier, later) if place is not None]
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - old))
    return _uncollapsed(body, start, start + len(wanted))


def _place(said: str, wanted: str, at: int, *, forward: bool) -> int | None:
    """The first place at or behind one, or the last before it, where whole words are the ones that are wanted."""
    for _ in range(_TRIED):
        at = said.find(wanted, at) if forward else said.rfind(wanted, 0, max(0, at + len(wanted) - 1))
        if at < 0:
            return None
        if not (_parted_word(said, at) or _parted_word(said, at + len(wanted))):
            return at
        at += forward
    return None


def _parted_word(text: str, at: int) -> bool:
    """Whether a place is inside of a word."""
    return 0 < at < len(text) and all(_OF_WORDS.match(character) for character in text[at - 1 : at + 1])


def _collapsed(text: str) -> str:
    return " ".join(_WRITTEN.findall(text))


def _uncollapsed(body: str, start: int, end: int) -> Span:
    """Where a part of the collapsed body stands in the body itself; it begins and ends with no space."""
    at, first = 0, 0
    for match in _WRITTEN.finditer(body):
        size = match.end() - match.start()
        if at <= start < at + size:
            first = match.start() + start - at
        if end <= at + size:
            return Span(first, match.start() + end - at)
        at += size + 1
    raise ValueError("not a part of the body")


def _changed(article: Article, text: str) -> Standing:
    """The sentences of an article that are most like a quote; removed where none are much like it."""
    old = _WORD.findall(text)
    best = max((_nearest(each, old) for each in _sharing(article, old)), default=(0.0, Span(0, 1)))
    alike, span = best
    if alike < _ALIKE:
        return _REMOVED
    differences = _differences(text, article.body, span)
    return Standing(Fate.CHANGED if differences else Fate.STANDS, article, span, differences)


def _sharing(article: Article, words: Sequence[str]) -> Iterable[Paragraph]:
    """The paragraphs that share most words with a quote."""
    wanted = Counter(words)

    def shared(paragraph: Paragraph) -> int:
        return (wanted & Counter(_WORD.findall(paragraph.text))).total()

    return sorted(article.paragraphs(), key=shared, reverse=True)[:_LOOKED_AT]


def _nearest(paragraph: Paragraph, words: Sequence[str]) -> tuple[float, Span]:
    """The run of sentences of a paragraph that is most like a quote, and how much, 0 to 1."""
    text = paragraph.text
    pieces = sentences(text, paragraph.language)
    said = [_WORD.findall(piece.of(text)) for piece in pieces]

    def alike(first: int, last: int) -> float:
        run = [word for each in said[first:last] for word in each]
        return Indel.normalized_similarity(words, run)

    first = max(range(len(said)), key=lambda at: (alike(at, len(said)), -at))
    last = max(range(first + 1, len(said) + 1), key=lambda end: (alike(first, end), -end))
    span = Span(pieces[first].start, pieces[last - 1].end).shifted(paragraph.span.start)
    return alike(first, last), span


def _differences(text: str, body: str, span: Span) -> tuple[Difference, ...]:
    """What of a text is not in a part of a body, and the other way round, word by word."""
    before = list(_WORD.finditer(text))
    after = list(_WORD.finditer(body, span.start, span.end))
    changes: list[tuple[slice, slice]] = []
    for code in Indel.opcodes([each.group() for each in before], [each.group() for each in after]):
        if code.tag == "equal":
            continue
        old, new = slice(code.src_start, code.src_end), slice(code.dest_start, code.dest_end)
        if changes and (changes[-1][0].stop, changes[-1][1].stop) == (old.start, new.start):  # without words between
            previous = changes.pop()
            old, new = slice(previous[0].start, old.stop), slice(previous[1].start, new.stop)
        changes.append((old, new))
    return tuple(Difference(_covered(before[old]), _covered(after[new])) for old, new in changes)


def _covered(words: Sequence["regex.Match[str]"]) -> Span | None:
    """From the first to the last of some words."""
    return Span(words[0].start(), words[-1].end()) if words else None
